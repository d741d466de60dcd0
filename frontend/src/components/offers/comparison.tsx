"use client";

import { useLocale, useTranslations } from "next-intl";

import { cn } from "@/lib/cn";
import { formatDate, formatMoney } from "@/lib/format";

import type { OfferOutcome } from "./types";

interface ComparisonProps {
  before: OfferOutcome | null;
  after: OfferOutcome;
}

type Key = "payment_tiyn" | "total_tiyn" | "overpayment_tiyn";
const SUMS: readonly Key[] = ["payment_tiyn", "total_tiyn", "overpayment_tiyn"];

const difference = (before: number | null | undefined, after: number | null) =>
  before === null || before === undefined || after === null ? null : after - before;

/** What is paid now and what would be paid: by the month, in all, above the debt, and until when. */
export const Comparison = ({ before, after }: ComparisonProps) => {
  const t = useTranslations("offers.comparison");
  const locale = useLocale();
  const money = (sum: number | null | undefined) =>
    sum === null || sum === undefined ? t("unknown") : formatMoney(sum);
  const day = (iso: string | null | undefined) =>
    iso ? formatDate(iso, locale).replaceAll("\u00a0", " ") : t("unknown");
  const cell = "py-2 pr-3 text-left align-top tabular-nums max-sm:pr-2";
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">{t("caption")}</caption>
      <thead>
        <tr className="border-b border-line text-xs text-muted">
          <th scope="col" className={cell}>
            <span className="sr-only">{t("what")}</span>
          </th>
          <th scope="col" className={cell}>
            {t("now")}
          </th>
          <th scope="col" className={cell}>
            {t("then")}
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {SUMS.map((key) => {
          const change = difference(before?.[key], after[key]);
          return (
            <tr key={key}>
              <th scope="row" className={cn(cell, "font-medium")}>
                {t(key)}
              </th>
              <td className={cn(cell, "text-muted")}>{money(before?.[key])}</td>
              <td className={cn(cell, "font-semibold text-ink")}>
                {money(after[key])}
                {change !== null && change !== 0 && (
                  <span
                    className={cn("block text-xs font-medium", change < 0 ? "text-success" : "text-warning")}
                  >
                    {change < 0
                      ? t("less", { sum: formatMoney(-change) })
                      : t("more", { sum: formatMoney(change) })}
                  </span>
                )}
              </td>
            </tr>
          );
        })}
        <tr>
          <th scope="row" className={cn(cell, "font-medium")}>
            {t("ends_on")}
          </th>
          <td className={cn(cell, "text-muted")}>{day(before?.ends_on)}</td>
          <td className={cn(cell, "font-semibold text-ink")}>{day(after.ends_on)}</td>
        </tr>
      </tbody>
    </table>
  );
};
