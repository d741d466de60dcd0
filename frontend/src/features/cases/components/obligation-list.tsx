"use client";

import { useLocale, useTranslations } from "next-intl";

import type { Obligation } from "@/api/types";
import { formatDate, formatMoney } from "@/lib/format";

const Row = ({ label, value }: { label: string; value: string }) => (
  <div className="flex items-baseline justify-between gap-4 py-1">
    <dt className="text-muted">{label}</dt>
    <dd className="shrink-0 text-right text-ink">{value}</dd>
  </div>
);

/** Debts with their sums, right-aligned so that figures can be compared. */
export const ObligationList = ({ obligations }: { obligations: readonly Obligation[] }) => {
  const t = useTranslations("cases.obligations");
  const locale = useLocale();
  return (
    <ul className="flex flex-col gap-3">
      {obligations.map((obligation) => (
        <li
          key={obligation.id}
          className="flex flex-col gap-1 rounded-card border border-line bg-surface p-4"
        >
          <h3 className="font-semibold">{obligation.creditor.name}</h3>
          <p className="text-sm text-muted">
            {t("contract", {
              number: obligation.contract_number,
              date: formatDate(obligation.contract_date, locale),
            })}
          </p>
          <dl>
            <Row label={t("principal")} value={formatMoney(obligation.principal_tiyn)} />
            <Row label={t("interest")} value={formatMoney(obligation.interest_tiyn)} />
            <Row label={t("penalty")} value={formatMoney(obligation.penalty_tiyn)} />
            <div className="mt-1 flex items-baseline justify-between gap-4 border-t border-line pt-2 font-semibold text-ink">
              <dt>{t("total")}</dt>
              <dd className="shrink-0">{formatMoney(obligation.total_tiyn)}</dd>
            </div>
          </dl>
          <p className="text-sm text-muted">
            {obligation.overdue_since
              ? t("overdue", { date: formatDate(obligation.overdue_since, locale) })
              : t("noOverdue")}
          </p>
        </li>
      ))}
    </ul>
  );
};
