"use client";

import { useLocale, useTranslations } from "next-intl";

import { formatDate, formatMoney } from "@/lib/format";

import type { OfferScheduleRow } from "./types";

/** The payments month by month, folded until somebody wants to see them. */
export const Schedule = ({ rows }: { rows: readonly OfferScheduleRow[] }) => {
  const t = useTranslations("offers.schedule");
  const locale = useLocale();
  if (rows.length === 0) return null;
  const cell = "px-2 py-1.5 text-right tabular-nums whitespace-nowrap first:text-left";
  return (
    <details className="rounded-card border border-line">
      <summary className="min-h-11 cursor-pointer px-3 py-2.5 font-medium text-primary">
        {t("title", { count: rows.length })}
      </summary>
      <div
        className="max-h-96 overflow-auto border-t border-line"
        tabIndex={0}
        role="region"
        aria-label={t("label")}
      >
        <table className="w-full text-sm">
          <thead className="sticky top-0 bg-surface text-xs text-muted">
            <tr>
              {(["due", "payment", "principal", "interest", "other", "balance"] as const).map((key) => (
                <th key={key} scope="col" className={cell}>
                  {t(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.map((row) => (
              <tr key={row.number}>
                <td className={cell}>{formatDate(row.due, locale)}</td>
                <td className={cell}>{formatMoney(row.payment_tiyn)}</td>
                <td className={cell}>{formatMoney(row.principal_tiyn)}</td>
                <td className={cell}>{formatMoney(row.interest_tiyn)}</td>
                <td className={cell}>{formatMoney(row.other_tiyn)}</td>
                <td className={cell}>{formatMoney(row.balance_tiyn)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
};
