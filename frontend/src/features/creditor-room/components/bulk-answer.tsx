"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { todayInAlmaty } from "@/lib/dates";
import { formatMoney } from "@/lib/format";
import { isProblem } from "@/lib/problem";
import { sessionQuery } from "@/lib/session";

import { answerOf, emptyAnswer } from "../answer";
import { useBulkAnswer, usePreview } from "../mutations";
import type { AnswerKind, RoomPreview, RoomReport } from "../types";
import { AnswerFields } from "./answer-fields";

const KINDS: readonly AnswerKind[] = ["agree", "offer", "papers", "refuse"];

const PreviewRows = ({ preview }: { preview: RoomPreview }) => {
  const t = useTranslations("room.bulk");
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium" aria-live="polite">
        {t("possible", { count: preview.possible, all: preview.items.length })}
      </p>
      <ul className="max-h-64 divide-y divide-line overflow-y-auto rounded-card border border-line">
        {preview.items.map((row) => (
          <li key={row.letter_id} className="flex flex-col gap-0.5 px-3 py-2">
            <span className="font-medium text-ink">
              {row.case_number} · {row.borrower_name}
            </span>
            {row.code ? (
              <span className="text-danger">{row.detail}</span>
            ) : row.after ? (
              <span className="text-muted">
                {t("payment", {
                  before: row.before?.payment_tiyn ? formatMoney(row.before.payment_tiyn) : "—",
                  after: formatMoney(row.after.payment_tiyn ?? 0),
                })}
              </span>
            ) : (
              <span className="text-success">{t("ready")}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
};

const Report = ({ report, onClose }: { report: RoomReport; onClose: () => void }) => {
  const t = useTranslations("room.bulk");
  const common = useTranslations("common");
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("reportTitle")}
      closeLabel={common("close")}
    >
      <Alert tone={report.answered === report.items.length ? "success" : "warning"} live>
        {t("report", { count: report.answered, all: report.items.length })}
      </Alert>
      <ul className="max-h-80 divide-y divide-line overflow-y-auto rounded-card border border-line">
        {report.items.map((row) => (
          <li key={row.letter_id} className="flex flex-wrap items-center gap-2 px-3 py-2">
            <span className="font-medium">{row.case_number}</span>
            <Badge tone={row.code ? "danger" : "success"}>{row.code ? t("failed") : t("done")}</Badge>
            {row.code && <span className="text-muted">{row.detail}</span>}
          </li>
        ))}
      </ul>
      <Button onClick={onClose}>{common("close")}</Button>
    </Dialog>
  );
};

/** One answer for many letters: filled in, looked at letter by letter, sent, reported letter by letter. */
export const BulkAnswer = ({ letterIds, onClose }: { letterIds: readonly string[]; onClose: () => void }) => {
  const t = useTranslations("room.bulk");
  const { data: session } = useQuery(sessionQuery);
  const [ids] = useState(letterIds);
  const [value, setValue] = useState(() => emptyAnswer("agree", session?.today ?? todayInAlmaty()));
  const preview = usePreview();
  const send = useBulkAnswer();
  const body = { letter_ids: ids, answer: answerOf(value) };
  const seen = preview.data !== undefined && JSON.stringify(preview.variables) === JSON.stringify(body);
  if (send.data) return <Report report={send.data} onClose={onClose} />;
  const error = send.error ?? preview.error;
  return (
    <FormDialog
      title={t("title", { count: ids.length })}
      lead={t("lead")}
      submitLabel={seen ? t("send", { count: preview.data?.possible ?? 0 }) : t("look")}
      danger={seen && value.kind === "refuse"}
      busy={preview.isPending || send.isPending}
      error={error}
      isAtFields={isProblem(error) && error.errors.length > 0}
      onSubmit={() => (seen ? send.mutate(body) : preview.mutate(body))}
      onClose={onClose}
    >
      <AnswerFields
        about="bulk"
        value={value}
        onValue={setValue}
        kinds={KINDS}
        error={error}
        prefix={errorPrefix(error)}
      />
      {seen && preview.data && <PreviewRows preview={preview.data} />}
    </FormDialog>
  );
};

/** A wrong form is named from the whole body, wrong words of an answer from the answer itself. */
const errorPrefix = (error: unknown): string =>
  isProblem(error) && error.errors.some((item) => item.pointer.startsWith("/answer/")) ? "answer/" : "";
