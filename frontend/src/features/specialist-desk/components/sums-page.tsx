"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";

import { Desk, PageHead } from "@/components/desk/page-head";
import { Loaded } from "@/components/loaded";
import { EmptyState } from "@/components/state-panels";
import { formatMoney } from "@/lib/format";

import { agreedSumsQuery } from "../queries";

const monthOf = (iso: string, locale: string) =>
  new Intl.DateTimeFormat(locale === "kk" ? "kk-KZ" : locale, {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${iso}T00:00:00Z`));

/** Sums that were agreed on by month; no money passes through Kenes Hub. */
export const SumsPage = () => {
  const t = useTranslations("specialistDesk.sums");
  const locale = useLocale();
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} />
      <Loaded query={useQuery(agreedSumsQuery)}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t("emptyTitle")} text={t("emptyText")} />
          ) : (
            <div className="overflow-x-auto rounded-card border border-line bg-surface">
              <table className="w-full">
                <thead className="border-b border-line text-left text-xs text-muted">
                  <tr>
                    {(["month", "proposals", "consultations", "total"] as const).map((name) => (
                      <th key={name} scope="col" className="px-4 py-2 last:text-right">
                        {t(name)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody className="divide-y divide-line tabular-nums">
                  {items.map((row) => (
                    <tr key={row.month}>
                      <th scope="row" className="px-4 py-2 text-left font-medium">
                        {monthOf(row.month, locale)}
                      </th>
                      <td className="px-4 py-2">{row.proposals}</td>
                      <td className="px-4 py-2">{row.consultations}</td>
                      <td className="px-4 py-2 text-right font-semibold">{formatMoney(row.total_tiyn)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </Desk>
  );
};
