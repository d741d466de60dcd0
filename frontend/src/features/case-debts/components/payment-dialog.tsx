"use client";

import { useLocale, useTranslations } from "next-intl";

import { FormDialog } from "@/components/desk/form-dialog";
import { TypedField } from "@/components/form/typed-field";
import { toTypedDate, todayInAlmaty } from "@/lib/dates";
import { formatDate, formatMoney } from "@/lib/format";
import { tiynToTyped } from "@/lib/money";
import { type FieldSpec, useTypedFields } from "@/lib/use-typed-fields";

import { useMarkPayment } from "../mutations";
import type { ScheduleRow } from "../types";

type Name = "on" | "tiyn";

const SPECS: Record<Name, FieldSpec> = {
  on: { kind: "date", required: true },
  tiyn: { kind: "money", required: true },
};
const POINTERS: Record<"paid" | "confirm", Record<Name, string>> = {
  paid: { on: "/paid_on", tiyn: "/paid_tiyn" },
  confirm: { on: "/confirmed_on", tiyn: "/paid_tiyn" },
};

interface PaymentDialogProps {
  caseId: string;
  debtId: string;
  row: ScheduleRow;
  act: "paid" | "confirm";
  onClose: () => void;
}

/** When and how much was paid; the whole payment today is what is usually meant. */
export const PaymentDialog = ({ caseId, debtId, row, act, onClose }: PaymentDialogProps) => {
  const t = useTranslations("caseDebts.payments");
  const locale = useLocale();
  const mark = useMarkPayment(caseId, debtId, onClose);
  const told = act === "confirm" && row.paid_on !== null ? row : null;
  const form = useTypedFields<Name>(
    SPECS,
    {
      on: toTypedDate(told?.paid_on ?? todayInAlmaty()),
      tiyn: tiynToTyped(told?.paid_tiyn ?? row.total_tiyn),
    },
    mark.error,
    (name) => POINTERS[act][name],
  );
  const submit = () => {
    const values = form.read();
    if (values) mark.mutate({ rowId: row.id, act, on: String(values.on), tiyn: Number(values.tiyn) });
  };
  return (
    <FormDialog
      title={t(`${act}.title`)}
      lead={t("lead", { date: formatDate(row.due, locale), sum: formatMoney(row.total_tiyn) })}
      submitLabel={t(`${act}.save`)}
      busy={mark.isPending}
      error={mark.error}
      isAtFields={form.isAtFields}
      onSubmit={submit}
      onClose={onClose}
    >
      <TypedField form={form} name="on" spec={SPECS.on} prefix="payment" label={t(`${act}.on`)} />
      <TypedField form={form} name="tiyn" spec={SPECS.tiyn} prefix="payment" label={t("sum")} />
    </FormDialog>
  );
};
