"use client";

import { useLocale, useTranslations } from "next-intl";

import type { components } from "@/api/schema";
import { formatDate, formatMoney } from "@/lib/format";

import { type Column, RowTable } from "./row-table";

type OfferScheduleRow = components["schemas"]["OfferScheduleRow"];

const SUMS = ["payment", "principal", "interest", "other", "balance"] as const;

/** The payments of an offer month by month, folded until somebody wants to see them. */
export const PaymentSchedule = ({ rows }: { rows: readonly OfferScheduleRow[] }) => {
  const t = useTranslations("offers.schedule");
  const locale = useLocale();
  if (rows.length === 0) return null;
  const columns: readonly Column<OfferScheduleRow>[] = [
    { key: "due", head: t("due"), cell: (row) => formatDate(row.due, locale) },
    ...SUMS.map((key) => ({
      key,
      head: t(key),
      cell: (row: OfferScheduleRow) => formatMoney(row[`${key}_tiyn`]),
      isSum: true,
    })),
  ];
  return (
    <details className="rounded-card border border-line">
      <summary className="min-h-11 cursor-pointer px-3 py-2.5 font-medium text-primary">
        {t("title", { count: rows.length })}
      </summary>
      <RowTable
        label={t("label")}
        columns={columns}
        rows={rows}
        keyOf={(row) => String(row.number)}
        height={384}
      />
    </details>
  );
};
