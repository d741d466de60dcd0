"use client";

import { useTranslations } from "next-intl";

import { FormDialog } from "@/components/desk/form-dialog";
import { TypedField } from "@/components/form/typed-field";
import { toTypedDate, todayInAlmaty } from "@/lib/dates";
import { tiynToTyped } from "@/lib/money";
import { type FieldSpec, useTypedFields } from "@/lib/use-typed-fields";

import { useGiveSplit } from "../mutations";
import type { Debt } from "../types";

type Name =
  | "as_of"
  | "principal_tiyn"
  | "interest_tiyn"
  | "penalty_tiyn"
  | "fees_tiyn"
  | "overdue_tiyn"
  | "source"
  | "note";

const SPECS: Record<Name, FieldSpec> = {
  as_of: { kind: "date", required: true },
  principal_tiyn: { kind: "money", required: true },
  interest_tiyn: { kind: "money", required: true },
  penalty_tiyn: { kind: "money", required: true },
  fees_tiyn: { kind: "money", required: true },
  overdue_tiyn: { kind: "money" },
  source: { kind: "text" },
  note: { kind: "text" },
};

interface SplitDialogProps {
  caseId: string;
  debt: Debt;
  /** Staff say by whose word they write; the borrower speaks for himself. */
  asksSource: boolean;
  onClose: () => void;
}

export const SplitDialog = ({ caseId, debt, asksSource, onClose }: SplitDialogProps) => {
  const t = useTranslations("caseDebts.splits");
  const common = useTranslations("common");
  const give = useGiveSplit(caseId, debt.id, onClose);
  const { current } = debt;
  const form = useTypedFields<Name>(
    SPECS,
    {
      as_of: toTypedDate(todayInAlmaty()),
      principal_tiyn: tiynToTyped(current.principal_tiyn),
      interest_tiyn: tiynToTyped(current.interest_tiyn),
      penalty_tiyn: tiynToTyped(current.penalty_tiyn),
      fees_tiyn: tiynToTyped(current.fees_tiyn),
      overdue_tiyn: current.overdue_tiyn === null ? "" : tiynToTyped(current.overdue_tiyn),
      source: asksSource ? "lender" : "",
      note: "",
    },
    give.error,
  );
  const submit = () => {
    const values = form.read();
    if (values) give.mutate({ ...values, source: values.source ?? "", note: values.note ?? "" });
  };
  const money = (name: Name, help?: string) => (
    <TypedField
      form={form}
      name={name}
      spec={SPECS[name]}
      prefix="split"
      label={t(`fields.${name}`)}
      help={help}
    />
  );
  return (
    <FormDialog
      title={t("add")}
      lead={t("addLead")}
      submitLabel={t("save")}
      busy={give.isPending}
      error={give.error}
      isAtFields={form.isAtFields}
      onSubmit={submit}
      onClose={onClose}
    >
      {money("as_of", t("asOfHelp"))}
      {money("principal_tiyn")}
      {money("interest_tiyn")}
      {money("penalty_tiyn")}
      {money("fees_tiyn")}
      {money("overdue_tiyn", t("overdueHelp"))}
      {asksSource && (
        <TypedField
          form={form}
          name="source"
          spec={SPECS.source}
          prefix="split"
          label={t("fields.source")}
          options={(["lender", "document", "borrower", "staff"] as const).map((value) => ({
            value,
            label: t(`sources.${value}`),
          }))}
        />
      )}
      <TypedField
        form={form}
        name="note"
        spec={SPECS.note}
        prefix="split"
        label={t("fields.note")}
        optional={common("optional")}
        multiline
      />
    </FormDialog>
  );
};
