"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formatMoney } from "@/lib/format";
import { parseTypedMoney } from "@/lib/money";

import { type DebtDraft, MAX_DEBTS } from "../../draft";
import { BackLink, StepHeading } from "../step-form";

export const debtTotal = (debt: DebtDraft): number =>
  [debt.principal, debt.interest, debt.penalty].reduce(
    (sum, typed) => sum + (parseTypedMoney(typed) ?? 0),
    0,
  );

interface DebtsListProps {
  debts: readonly DebtDraft[];
  submitLabel: string;
  onBack: (() => void) | null;
  onEdit: (index: number) => void;
  onAdd: () => void;
  onRemove: (index: number) => void;
  onContinue: () => void;
}

/** All debts named so far: add, change, take out. Taking out asks first and names the debt. */
export const DebtsList = ({
  debts,
  submitLabel,
  onBack,
  onEdit,
  onAdd,
  onRemove,
  onContinue,
}: DebtsListProps) => {
  const t = useTranslations("apply.debts");
  const common = useTranslations("common");
  const [asked, setAsked] = useState<number | null>(null);
  const askedDebt = asked === null ? undefined : debts[asked];
  const total = debts.reduce((sum, debt) => sum + debtTotal(debt), 0);

  return (
    <div className="flex flex-col gap-6">
      <BackLink onBack={onBack} />
      <StepHeading
        title={t("title", { count: debts.length })}
        lead={<p>{t("total", { sum: formatMoney(total) })}</p>}
      />
      <ul className="flex flex-col gap-3">
        {debts.map((debt, index) => (
          <li key={debt.key} className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4">
            <div className="flex items-start justify-between gap-3">
              <p className="min-w-0 font-semibold text-ink">{debt.creditor_name || t("unnamed")}</p>
              <p className="shrink-0 font-semibold text-ink">{formatMoney(debtTotal(debt))}</p>
            </div>
            {debt.contract_number && (
              <p className="text-sm text-muted">{t("contract", { number: debt.contract_number })}</p>
            )}
            <div className="-mx-3 -mb-2 flex flex-wrap">
              <Button variant="quiet" onClick={() => onEdit(index)} className="px-3">
                {t("edit")}
                <span className="sr-only"> {debt.creditor_name}</span>
              </Button>
              {debts.length > 1 && (
                <Button variant="quiet" onClick={() => setAsked(index)} className="px-3 text-danger">
                  {t("remove")}
                  <span className="sr-only"> {debt.creditor_name}</span>
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {debts.length < MAX_DEBTS ? (
        <Button variant="secondary" onClick={onAdd} className="self-start">
          <Plus aria-hidden className="size-5" />
          {t("add")}
        </Button>
      ) : (
        <p className="text-muted">{t("limit")}</p>
      )}
      <Button size="large" onClick={onContinue} className="sm:self-start">
        {submitLabel}
      </Button>
      <Dialog
        open={askedDebt !== undefined}
        onOpenChange={(open) => !open && setAsked(null)}
        title={t("removeTitle", { name: askedDebt?.creditor_name || t("unnamed") })}
        description={t("removeText")}
        closeLabel={common("close")}
      >
        <div className="flex flex-col gap-2 sm:flex-row">
          <Button
            variant="danger"
            onClick={() => {
              if (asked !== null) onRemove(asked);
              setAsked(null);
            }}
          >
            {t("removeConfirm")}
          </Button>
          <Button variant="secondary" onClick={() => setAsked(null)}>
            {common("cancel")}
          </Button>
        </div>
      </Dialog>
    </div>
  );
};
