"use client";

import { MailQuestion } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";

import type { Obligation } from "@/api/types";
import { Dialog } from "@/components/ui/dialog";
import { formatDate, formatMoney } from "@/lib/format";

import type { StaffCase } from "../../types";
import { Panel } from "./panel";

interface DebtProps {
  debt: Obligation;
  onCreditor: () => void;
}

const Debt = ({ debt, onCreditor }: DebtProps) => {
  const t = useTranslations("staff.case");
  const locale = useLocale();
  const sums = [
    ["principal", debt.principal_tiyn],
    ["interest", debt.interest_tiyn],
    ["penalty", debt.penalty_tiyn],
  ] as const;
  return (
    <li className="flex flex-col gap-1.5 py-3 first:pt-0 last:pb-0">
      <button
        type="button"
        onClick={onCreditor}
        className="min-h-9 self-start text-left font-medium text-primary underline underline-offset-4"
      >
        {debt.creditor.name}
      </button>
      <p className="text-muted">
        {t("contract", { number: debt.contract_number, date: formatDate(debt.contract_date, locale) })}
      </p>
      {(!debt.creditor.verified || !debt.creditor.has_confirmed_address) && (
        <p className="flex items-start gap-1.5 text-warning">
          <MailQuestion aria-hidden className="mt-0.5 size-4 shrink-0" />
          {t(debt.creditor.has_confirmed_address ? "creditorUnverified" : "noAddress")}
        </p>
      )}
      <dl className="flex flex-col gap-0.5">
        {sums.map(([name, sum]) =>
          sum > 0 ? (
            <div key={name} className="flex justify-between gap-3">
              <dt className="text-muted">{t(name)}</dt>
              <dd className="whitespace-nowrap text-ink">{formatMoney(sum)}</dd>
            </div>
          ) : null,
        )}
        <div className="flex justify-between gap-3 border-t border-line pt-0.5 font-medium">
          <dt className="text-ink">{t("total")}</dt>
          <dd className="whitespace-nowrap text-ink">{formatMoney(debt.total_tiyn)}</dd>
        </div>
        {debt.monthly_payment_tiyn !== null && (
          <div className="flex justify-between gap-3">
            <dt className="text-muted">{t("payment")}</dt>
            <dd className="whitespace-nowrap">{formatMoney(debt.monthly_payment_tiyn)}</dd>
          </div>
        )}
      </dl>
      {debt.overdue_since && (
        <p className="text-text">
          {t("overdueSince", { date: formatDate(debt.overdue_since, locale) })}{" "}
          <span className="text-muted">({t(`overdueSource.${debt.overdue_since_source}`)})</span>
        </p>
      )}
      {debt.collateral && <p className="text-muted">{t("collateral", { text: debt.collateral })}</p>}
    </li>
  );
};

interface DebtsPanelProps {
  detail: StaffCase;
  renderCreditor: (creditorId: string) => ReactNode;
}

export const DebtsPanel = ({ detail, renderCreditor }: DebtsPanelProps) => {
  const t = useTranslations("staff.case");
  const common = useTranslations("common");
  const [creditorId, setCreditorId] = useState<string | null>(null);
  return (
    <Panel
      id="debts"
      title={t("debts")}
      action={
        detail.total_tiyn !== null && (
          <span className="font-semibold whitespace-nowrap text-ink">{formatMoney(detail.total_tiyn)}</span>
        )
      }
    >
      <ol className="flex flex-col divide-y divide-line">
        {detail.obligations.map((debt) => (
          <Debt key={debt.id} debt={debt} onCreditor={() => setCreditorId(debt.creditor.id)} />
        ))}
      </ol>
      <Dialog
        open={creditorId !== null}
        onOpenChange={(open) => !open && setCreditorId(null)}
        title={t("creditor")}
        closeLabel={common("close")}
      >
        {creditorId && renderCreditor(creditorId)}
      </Dialog>
    </Panel>
  );
};
