"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { TypedField } from "@/components/form/typed-field";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { formatDate, formatMoney } from "@/lib/format";
import { tiynToTyped } from "@/lib/money";
import { hasCode } from "@/lib/problem";
import { type FieldSpec, useTypedFields } from "@/lib/use-typed-fields";

import { useGiveSchedule, usePreviewSchedule } from "../mutations";
import type { Debt, Preview, ScheduleKind } from "../types";

type Name = "text" | "principal_tiyn" | "rate_percent" | "months" | "first_due" | "method" | "source";

const specsFor = (mode: Mode): Record<Name, FieldSpec> => ({
  text: { kind: "text", required: mode === "paste" },
  principal_tiyn: { kind: "money", required: mode === "terms" },
  rate_percent: { kind: "percent", required: mode === "terms" },
  months: { kind: "whole", required: mode === "terms" },
  first_due: { kind: "date", required: mode === "terms" },
  method: { kind: "text" },
  source: { kind: "text" },
});

type Mode = "paste" | "terms";

const PreviewBlock = ({ preview }: { preview: Preview }) => {
  const t = useTranslations("caseDebts.schedule");
  const locale = useLocale();
  const [first] = preview.rows;
  const last = preview.rows.at(-1);
  return (
    <div aria-live="polite" className="flex flex-col gap-2 text-sm">
      {first && last && (
        <p>
          {t("readAs", {
            count: preview.rows.length,
            first: formatDate(first.due, locale, "from"),
            last: formatDate(last.due, locale, "until"),
            total: formatMoney(preview.total_tiyn),
            principal: formatMoney(preview.principal_tiyn),
            interest: formatMoney(preview.interest_tiyn),
          })}
        </p>
      )}
      {preview.problems.length > 0 && (
        <Alert tone="warning" title={t("linesWrong", { count: preview.problems.length })}>
          <ul className="list-disc pl-5">
            {preview.problems.map(({ line, text }) => (
              <li key={line}>{t("line", { line, text })}</li>
            ))}
          </ul>
        </Alert>
      )}
    </div>
  );
};

interface ScheduleDialogProps {
  caseId: string;
  debt: Debt;
  version: number;
  kind: ScheduleKind;
  asksSource: boolean;
  onClose: () => void;
}

/** A schedule pasted from a table or made by terms; what it was read as is shown before it is kept. */
export const ScheduleDialog = ({ caseId, debt, version, kind, asksSource, onClose }: ScheduleDialogProps) => {
  const t = useTranslations("caseDebts.schedule");
  const offer = useTranslations("schedules.offer");
  const splits = useTranslations("caseDebts.splits");
  const [mode, setMode] = useState<Mode>("paste");
  const give = useGiveSchedule(caseId, debt.id, onClose);
  const preview = usePreviewSchedule(debt.id);
  const specs = specsFor(mode);
  const error = give.error ?? preview.error;
  const form = useTypedFields<Name>(
    specs,
    {
      text: "",
      principal_tiyn: tiynToTyped(debt.current.principal_tiyn),
      rate_percent:
        debt.contract.rate_percent === null ? "" : String(debt.contract.rate_percent).replace(".", ","),
      months: debt.months_left === null ? "" : String(debt.months_left),
      first_due: "",
      method: "annuity",
      source: asksSource ? "lender" : "",
    },
    error,
    (name) => (mode === "terms" && name !== "source" ? `/terms/${name}` : `/${name}`),
  );
  const draft = () => {
    const values = form.read();
    if (!values) return null;
    if (mode === "paste") return { text: values.text };
    const { principal_tiyn, rate_percent, months, first_due, method } = values;
    return { terms: { principal_tiyn, rate_percent, months, first_due, method } };
  };
  const look = () => {
    const body = draft();
    if (body) preview.mutate(body);
  };
  const submit = () => {
    const body = draft();
    const replace_marked = hasCode(give.error, "debt.schedule_has_payments");
    if (body) give.mutate({ kind, version, body: { ...body, source: form.typed.source, replace_marked } });
  };
  const field = (name: Name, label: string, options?: readonly { value: string; label: string }[]) => (
    <TypedField
      form={form}
      name={name}
      spec={specs[name]}
      prefix="schedule"
      label={label}
      options={options}
    />
  );
  return (
    <FormDialog
      title={t(`give.${kind}`)}
      submitLabel={hasCode(give.error, "debt.schedule_has_payments") ? t("replaceMarked") : t("save")}
      busy={give.isPending}
      error={error}
      isAtFields={form.isAtFields}
      onSubmit={submit}
      onClose={onClose}
    >
      <div role="group" aria-label={t("how")} className="flex flex-wrap gap-2">
        {(["paste", "terms"] as const).map((which) => (
          <Button
            key={which}
            variant="secondary"
            size="dense"
            aria-pressed={mode === which}
            className="aria-pressed:border-primary aria-pressed:bg-primary-soft"
            onClick={() => setMode(which)}
          >
            {t(`modes.${which}`)}
          </Button>
        ))}
      </div>
      {mode === "paste" ? (
        <TypedField
          form={form}
          name="text"
          spec={specs.text}
          prefix="schedule"
          label={t("text")}
          help={t("textHelp")}
          multiline
        />
      ) : (
        <>
          {field("principal_tiyn", t("principal"))}
          {field("rate_percent", t("rate"))}
          {field("months", t("months"))}
          {field("first_due", t("firstDue"))}
          {field(
            "method",
            offer("method"),
            (["annuity", "differentiated"] as const).map((value) => ({
              value,
              label: offer(`choices.method.${value}`),
            })),
          )}
        </>
      )}
      {asksSource &&
        field(
          "source",
          splits("fields.source"),
          (["lender", "document", "borrower", "staff"] as const).map((value) => ({
            value,
            label: splits(`sources.${value}`),
          })),
        )}
      <Button variant="secondary" busy={preview.isPending} onClick={look}>
        {t("preview")}
      </Button>
      {preview.data && <PreviewBlock preview={preview.data} />}
    </FormDialog>
  );
};
