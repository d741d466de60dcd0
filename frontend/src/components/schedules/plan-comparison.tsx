"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { cn } from "@/lib/cn";
import { formatDate, formatMoney } from "@/lib/format";

import { BalanceChart } from "./balance-chart";
import { type Column, RowTable } from "./row-table";
import { TraceList } from "./trace-list";
import type { Comparison, Plan, PlanRow } from "./types";

/** Less to pay is good for the borrower, more is not; nothing is neither. */
const toneOf = (difference: number) =>
  difference === 0 ? "text-text" : difference < 0 ? "text-success" : "text-warning";

const signed = (tiyn: number) => (tiyn > 0 ? `+${formatMoney(tiyn)}` : formatMoney(tiyn));

const Figures = ({ comparison }: { comparison: Comparison }) => {
  const t = useTranslations("schedules");
  const locale = useLocale();
  const { old, new: next, difference } = comparison;
  const ends = ({ ends: day }: Plan) => (day ? formatDate(day, locale) : "—");
  const rows = [
    { key: "now", was: old.now_tiyn, will: next.now_tiyn, by: next.now_tiyn - old.now_tiyn },
    { key: "monthly", was: old.monthly_tiyn, will: next.monthly_tiyn, by: difference.monthly_tiyn },
    { key: "total", was: old.total_tiyn, will: next.total_tiyn, by: difference.total_tiyn },
    { key: "overpaid", was: old.overpaid_tiyn, will: next.overpaid_tiyn, by: difference.overpaid_tiyn },
  ] as const;
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-sm sm:text-base">
        <caption className="sr-only">{t("figures")}</caption>
        <thead>
          <tr className="text-muted">
            <td />
            <th scope="col" className="p-1.5 text-right font-medium">
              {t("old")}
            </th>
            <th scope="col" className="p-1.5 text-right font-medium">
              {t("new")}
            </th>
            <th scope="col" className="p-1.5 text-right font-medium max-sm:hidden">
              {t("difference")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, was, will, by }) => (
            <tr key={key} className="border-t border-line">
              <th scope="row" className="p-1.5 text-left font-normal">
                {t(key)}
              </th>
              <td className="p-1.5 text-right tabular-nums">{formatMoney(was)}</td>
              <td className="p-1.5 text-right font-semibold text-ink tabular-nums">
                {formatMoney(will)}
                <span className={cn("block font-medium sm:hidden", toneOf(by))}>{signed(by)}</span>
              </td>
              <td className={cn("p-1.5 text-right font-medium tabular-nums max-sm:hidden", toneOf(by))}>
                {signed(by)}
              </td>
            </tr>
          ))}
          <tr className="border-t border-line">
            <th scope="row" className="p-1.5 text-left font-normal">
              {t("ends")}
            </th>
            <td className="p-1.5 text-right">{ends(old)}</td>
            <td className="p-1.5 text-right font-semibold text-ink">
              {ends(next)}
              <span className="block font-medium text-text sm:hidden">
                {t("paymentsBy", { count: difference.payments })}
              </span>
            </td>
            <td className="p-1.5 text-right max-sm:hidden">
              {t("paymentsBy", { count: difference.payments })}
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  );
};

const PlanTable = ({ plan, label }: { plan: Plan; label: string }) => {
  const t = useTranslations("schedules");
  const locale = useLocale();
  const money = (key: "principal" | "interest" | "arrears" | "total" | "balance", isExtra = false) => ({
    key,
    head: t(`columns.${key}`),
    cell: (row: PlanRow) => formatMoney(row[`${key}_tiyn`]),
    isSum: true,
    isExtra,
  });
  const columns: Column<PlanRow>[] = [
    { key: "due", head: t("columns.due"), cell: (row) => formatDate(row.due, locale) },
    money("total"),
    money("principal", true),
    money("interest", true),
    money("arrears", true),
    money("balance"),
  ];
  return <RowTable label={label} columns={columns} rows={plan.rows} keyOf={(row) => String(row.number)} />;
};

/** Both ways to repay side by side: figures, the line of the balance, every payment, and how it was counted. */
export const PlanComparison = ({ comparison, start }: { comparison: Comparison; start: string }) => {
  const t = useTranslations("schedules");
  const [shown, setShown] = useState<"new" | "old">("new");
  return (
    <div className="flex flex-col gap-5">
      {comparison.forgiven_tiyn > 0 && (
        <p className="font-medium text-success">
          {t("forgiven", { sum: formatMoney(comparison.forgiven_tiyn) })}
        </p>
      )}
      <Figures comparison={comparison} />
      <BalanceChart comparison={comparison} start={start} />
      <TraceList lines={comparison.trace} />
      <details>
        <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium text-primary underline underline-offset-4">
          {t("allPayments")}
        </summary>
        <div className="mt-2 flex flex-col gap-3">
          <div role="group" aria-label={t("whichPlan")} className="flex gap-2">
            {(["new", "old"] as const).map((which) => (
              <button
                key={which}
                type="button"
                aria-pressed={shown === which}
                onClick={() => setShown(which)}
                className="min-h-11 rounded-field border border-field-line bg-surface px-4 font-medium aria-pressed:border-primary aria-pressed:bg-primary-soft aria-pressed:text-primary"
              >
                {t(which)}
              </button>
            ))}
          </div>
          <PlanTable key={shown} plan={comparison[shown]} label={t(`paymentsOf.${shown}`)} />
        </div>
      </details>
    </div>
  );
};
