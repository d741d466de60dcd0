"use client";

import { Merge } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";

import { ReasonDialog } from "@/components/desk/reason-dialog";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { inputStyles } from "@/components/ui/text-input";
import { cn } from "@/lib/cn";
import { useProblemText } from "@/lib/use-problem-text";

import { type MergePreview, useMerge, useMergePreview } from "../queries";
import { MovedList } from "./moved-list";

const REFUSALS = [
  "same_case",
  "other_borrower",
  "draft",
  "ended",
  "archived",
  "not_yours",
  "two_procedures",
] as const;
const isRefusal = (code: string): code is (typeof REFUSALS)[number] => REFUSALS.some((one) => one === code);

const MergeWindow = ({
  caseId,
  shown,
  onClose,
}: {
  caseId: string;
  shown: MergePreview;
  onClose: () => void;
}) => {
  const t = useTranslations("caseLinks.merge");
  const toast = useToast();
  const merge = useMerge(caseId, () => {
    toast.show("success", t("done", { number: shown.gone.number ?? "" }));
    onClose();
  });
  return (
    <ReasonDialog
      title={t("windowTitle", { gone: shown.gone.number ?? "", kept: shown.kept.number ?? "" })}
      lead={t("windowLead")}
      label={t("reason")}
      submitLabel={t("submit")}
      danger
      mutation={merge}
      onClose={onClose}
      onSubmit={(reason) =>
        merge.mutate({
          gone_id: shown.gone.id,
          reason,
          version: shown.kept.version,
          gone_version: shown.gone.version,
        })
      }
    >
      <MovedList sections={shown.sections} />
      {shown.warnings.length > 0 && (
        <Alert tone="warning" className="p-3">
          <ul className="flex list-disc flex-col gap-1 pl-4">
            {shown.warnings.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </Alert>
      )}
    </ReasonDialog>
  );
};

/** Bring another case of the same borrower into this one: first what would move, then why. */
export const MergePanel = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("caseLinks.merge");
  const describe = useProblemText();
  const id = useId();
  const [number, setNumber] = useState("");
  const preview = useMergePreview(caseId);
  const shown = preview.data;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (number.trim() && !preview.isPending) preview.mutate(number);
    else document.getElementById(id)?.focus();
  };
  return (
    <section
      aria-labelledby="merge-title"
      className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4"
    >
      <h2 id="merge-title" className="text-base font-semibold">
        {t("title")}
      </h2>
      <p className="text-muted">{t("lead")}</p>
      <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
        <label htmlFor={id} className="flex min-w-0 flex-1 flex-col gap-1 font-medium">
          {t("number")}
          <input
            id={id}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
            placeholder="KH-2026-000123"
            autoComplete="off"
            maxLength={16}
            className={cn(inputStyles, "min-h-11 text-base sm:min-h-9 sm:text-sm")}
          />
        </label>
        <Button type="submit" variant="secondary" size="dense" busy={preview.isPending}>
          <Merge aria-hidden className="size-4" />
          {t("preview")}
        </Button>
      </form>
      {preview.error && (
        <Alert tone="danger" live className="p-3">
          {describe(preview.error)}
        </Alert>
      )}
      {shown && shown.refusal !== "" && (
        <Alert tone="warning" live className="p-3">
          {isRefusal(shown.refusal) ? t(`refusals.${shown.refusal}`) : t("refusals.other")}
        </Alert>
      )}
      {shown && shown.refusal === "" && (
        <MergeWindow caseId={caseId} shown={shown} onClose={() => preview.reset()} />
      )}
    </section>
  );
};
