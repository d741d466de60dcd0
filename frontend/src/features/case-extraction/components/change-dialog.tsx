"use client";

import { useTranslations } from "next-intl";

import { FormDialog } from "@/components/desk/form-dialog";
import { TypedField } from "@/components/form/typed-field";
import { toTypedDate } from "@/lib/dates";
import { tiynToTyped } from "@/lib/money";
import { type FieldSpec, useTypedFields } from "@/lib/use-typed-fields";

import { useDecide } from "../mutations";
import { PARTS } from "../shown";
import type { Finding, FindingValue, ReadingDebt } from "../types";

type Specs = Record<string, FieldSpec>;

const SPLIT: Specs = {
  as_of: { kind: "date", required: true },
  principal_tiyn: { kind: "money", required: true },
  interest_tiyn: { kind: "money" },
  penalty_tiyn: { kind: "money" },
  fees_tiyn: { kind: "money" },
  overdue_tiyn: { kind: "money" },
};

const specsOf = ({ split, on, tiyn, percent }: FindingValue): Specs => {
  if (split !== null) return SPLIT;
  if (tiyn !== null) return { tiyn: { kind: "money", required: true } };
  if (percent !== null) return { percent: { kind: "percent", required: true } };
  if (on !== null) return { on: { kind: "date", required: true } };
  return { text: { kind: "text", required: true } };
};

const money = (tiyn: number | null) => (tiyn === null ? "" : tiynToTyped(tiyn));

const typedOf = (value: FindingValue): Record<string, string> => {
  const { split } = value;
  if (split !== null) {
    return {
      as_of: toTypedDate(split.as_of ?? ""),
      ...Object.fromEntries(PARTS.map((part) => [part, money(split[part])])),
    };
  }
  return {
    text: value.text ?? "",
    on: toTypedDate(value.on ?? ""),
    tiyn: money(value.tiyn),
    percent: (value.percent ?? "").replace(".", ","),
  };
};

interface ChangeDialogProps {
  caseId: string;
  finding: Finding;
  debts: readonly ReadingDebt[];
  onClose: () => void;
}

/** The value as the person sees it in the paper, and the debt it is about where the paper does not tell. */
export const ChangeDialog = ({ caseId, finding, debts, onClose }: ChangeDialogProps) => {
  const t = useTranslations("caseExtraction");
  const decide = useDecide(caseId, finding.id, onClose);
  const fields = specsOf(finding.value);
  const specs: Specs = { ...fields, obligation_id: { kind: "text", required: true } };
  const isSplit = finding.value.split !== null;
  const form = useTypedFields<string>(
    specs,
    {
      ...typedOf(finding.value),
      obligation_id: finding.obligation_id ?? (debts.length === 1 ? debts[0]!.id : ""),
    },
    decide.error,
    (name) =>
      name === "obligation_id" ? "/obligation_id" : isSplit ? `/value/split/${name}` : `/value/${name}`,
  );
  const submit = () => {
    const values = form.read();
    if (!values) return;
    const { obligation_id, ...value } = values;
    decide.mutate({
      decision: "confirm",
      value: isSplit ? { split: value } : value,
      obligation_id: String(obligation_id),
    });
  };
  return (
    <FormDialog
      title={finding.label}
      lead={finding.quote ? t("quote", { quote: finding.quote, page: finding.page }) : undefined}
      submitLabel={t("confirm")}
      busy={decide.isPending}
      error={decide.error}
      isAtFields={form.isAtFields}
      onSubmit={submit}
      onClose={onClose}
    >
      {Object.entries(fields).map(([name, spec]) => (
        <TypedField
          key={name}
          form={form}
          name={name}
          spec={spec}
          prefix="finding"
          label={isSplit ? t(`parts.${name as "as_of"}`) : finding.label}
        />
      ))}
      {debts.length > 1 && (
        <TypedField
          form={form}
          name="obligation_id"
          spec={{ kind: "text", required: true }}
          prefix="finding"
          label={t("debt")}
          options={[
            ...(finding.obligation_id ? [] : [{ value: "", label: t("chooseDebt") }]),
            ...debts.map(({ id, label }) => ({ value: id, label })),
          ]}
        />
      )}
    </FormDialog>
  );
};
