"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { useToast } from "@/components/ui/toast";
import { Link } from "@/lib/i18n/navigation";
import { isProblem } from "@/lib/problem";

import { type Selection, useBulkPreview, useBulkStart } from "../../list-mutations";
import type { BulkPreview, ListJob } from "../../types";
import { JobProgress } from "../jobs/job-progress";
import { BulkFields, type BulkForm, EMPTY_FORM, toParams } from "./bulk-fields";

export const BULK_ACTIONS = [
  "assign",
  "take",
  "activate",
  "request_documents",
  "suspend",
  "close",
  "raise_urgency",
  "add_tag",
  "remove_tag",
] as const;
export type BulkName = (typeof BULK_ACTIONS)[number];

const PreviewRows = ({ preview }: { preview: BulkPreview }) => {
  const t = useTranslations("caseList.bulk");
  return (
    <div className="flex flex-col gap-3">
      <p className="font-medium" aria-live="polite">
        {t("willChange", { count: preview.will_change, total: preview.total })}
      </p>
      {preview.reasons.length > 0 && (
        <ul className="flex flex-col gap-1 text-sm text-warning">
          {preview.reasons.map((reason) => (
            <li key={`${reason.code}${reason.text}`}>
              {reason.count} × {reason.text}
            </li>
          ))}
        </ul>
      )}
      <ul
        tabIndex={0}
        aria-label={t("rows")}
        className="flex max-h-64 flex-col divide-y divide-line overflow-y-auto rounded-field border border-line text-sm"
      >
        {preview.rows.map((row) => (
          <li key={row.case_id} className="flex flex-wrap justify-between gap-x-3 px-3 py-1.5">
            <span className="min-w-0">
              <span className="font-medium">{row.number}</span> {row.borrower_name}
            </span>
            <span className={row.will_change ? "text-success" : "text-muted"}>
              {row.will_change ? t("changes") : row.reason}
            </span>
          </li>
        ))}
      </ul>
      {preview.total > preview.rows.length && (
        <p className="text-sm text-muted">
          {t("firstRows", { shown: preview.rows.length, total: preview.total })}
        </p>
      )}
    </div>
  );
};

interface BulkDialogProps {
  action: BulkName;
  selection: Selection;
  today: string;
  onStarted: () => void;
  onClose: () => void;
}

/** A change of many cases: what it asks for, what would become of each, then how far it is. It can be left at any time. */
export const BulkDialog = ({ action, selection, onStarted, onClose }: BulkDialogProps) => {
  const t = useTranslations("caseList.bulk");
  const toast = useToast();
  const [form, setForm] = useState<BulkForm>(EMPTY_FORM);
  const [job, setJob] = useState<ListJob | null>(null);
  const preview = useBulkPreview(selection);
  const start = useBulkStart(selection, (started) => {
    toast.show("info", t("started"));
    setJob(started);
  });
  const error = start.error ?? preview.error;
  const problem = isProblem(error) ? error : null;
  const errorOf = (field: string) => problem?.fieldError(`/params/${field}`)?.detail;
  const seen = preview.data;
  const change = { action, params: toParams(action, form) };
  const edit = (next: BulkForm) => {
    setForm(next);
    preview.reset();
    start.reset();
  };
  const leave = () => {
    if (job) onStarted();
    onClose();
  };
  return (
    <FormDialog
      title={t(`action.${action}`)}
      submitLabel={job ? t("leave") : seen ? t("run", { count: seen.will_change }) : t("look")}
      busy={preview.isPending || start.isPending}
      isDone={job !== null}
      error={error}
      isAtFields={problem?.errors.some((item) => item.pointer.startsWith("/params/")) ?? false}
      onSubmit={() => {
        if (job) leave();
        else if (seen && seen.will_change > 0) start.mutate(change);
        else preview.mutate(change);
      }}
      onClose={leave}
    >
      {job ? (
        <>
          <JobProgress jobId={job.id} />
          <p className="text-sm text-muted">
            {t("leaveHelp")}{" "}
            <Link href={`/staff/cases/jobs/${job.id}`} className="font-medium text-primary underline">
              {t("report")}
            </Link>
          </p>
        </>
      ) : (
        <>
          <BulkFields action={action} form={form} errorOf={errorOf} onForm={edit} />
          {seen && <PreviewRows preview={seen} />}
        </>
      )}
    </FormDialog>
  );
};
