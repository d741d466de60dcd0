"use client";

import { useLocale, useTranslations } from "next-intl";

import { Badge } from "@/components/ui/badge";
import { cn } from "@/lib/cn";
import { formatDate, formatDateTime, formatMoney } from "@/lib/format";

import type { Split } from "../types";

const PARTS = ["principal", "interest", "penalty", "fees", "total"] as const;

/** Of what the debt consisted, newest day first; what was replaced stays readable below. */
export const SplitsTable = ({ splits }: { splits: readonly Split[] }) => {
  const t = useTranslations("caseDebts.splits");
  const locale = useLocale();
  return (
    <div className="overflow-x-auto" role="group" aria-label={t("title")} tabIndex={0}>
      <table className="w-full min-w-160 border-collapse text-sm">
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr className="text-muted">
            <th scope="col" className="p-1.5 text-left font-medium">
              {t("asOf")}
            </th>
            {PARTS.map((part) => (
              <th key={part} scope="col" className="p-1.5 text-right font-medium">
                {t(part)}
              </th>
            ))}
            <th scope="col" className="p-1.5 text-left font-medium">
              {t("who")}
            </th>
          </tr>
        </thead>
        <tbody>
          {splits.map((split, index) => (
            <tr
              key={split.id ?? index}
              className={cn("border-t border-line align-top", !split.is_current && "text-muted")}
            >
              <th scope="row" className="p-1.5 text-left font-normal whitespace-nowrap">
                {formatDate(split.as_of, locale)}{" "}
                {split.is_current && <Badge tone="primary">{t("current")}</Badge>}
              </th>
              {PARTS.map((part) => (
                <td
                  key={part}
                  className={cn(
                    "p-1.5 text-right whitespace-nowrap tabular-nums",
                    split.is_current && part === "total" && "font-semibold text-ink",
                  )}
                >
                  {formatMoney(split[`${part}_tiyn`])}
                </td>
              ))}
              <td className="p-1.5">
                {split.source_label}
                {split.given_by && `, ${split.given_by}`}
                <span className="block text-xs text-muted">{formatDateTime(split.given_at, locale)}</span>
                {split.note && <span className="block">{split.note}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
