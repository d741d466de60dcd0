"use client";

import { useLocale, useTranslations } from "next-intl";
import { Fragment } from "react";

import { cn } from "@/lib/cn";
import { formatDate, formatMoney } from "@/lib/format";

import { PARTS } from "../shown";
import type { FindingValue } from "../types";

type Split = NonNullable<FindingValue["split"]>;

const sum = (tiyn: number | null) => (tiyn === null ? "—" : formatMoney(tiyn));

/** Parts of a debt as the paper tells them and as the case has them, row by row; what differs stands out. */
export const SplitCompare = ({ paper, present }: { paper: Split; present: Split }) => {
  const t = useTranslations("caseExtraction");
  const locale = useLocale();
  const rows = [...PARTS, "total_tiyn" as const].filter(
    (part) => paper[part] !== null || (present[part] ?? 0) > 0,
  );
  return (
    <table className="w-full max-w-xl text-sm">
      <caption className="sr-only">{t("parts.caption")}</caption>
      <thead>
        <tr className="text-left text-muted">
          <td className="max-sm:hidden" />
          <th scope="col" className="py-1 pl-3 text-right font-normal">
            {t("inPaper")}
            {paper.as_of && <span className="block">{formatDate(paper.as_of, locale)}</span>}
          </th>
          <th scope="col" className="py-1 pl-3 text-right align-top font-normal">
            {t("inCase")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((part) => {
          const differs = paper[part] !== null && paper[part] !== present[part];
          return (
            <Fragment key={part}>
              {/* Two sums and a long word do not fit side by side on a narrow phone: there the word stands above. */}
              <tr className="border-t border-line sm:hidden">
                <th scope="rowgroup" colSpan={2} className="pt-1 text-left font-normal text-muted">
                  {t(`parts.${part}`)}
                </th>
              </tr>
              <tr className="border-line align-top sm:border-t">
                <th scope="row" className="py-1 text-left font-normal text-muted max-sm:hidden">
                  {t(`parts.${part}`)}
                </th>
                <td
                  className={cn(
                    "py-1 pl-3 text-right whitespace-nowrap tabular-nums",
                    differs ? "font-semibold text-warning" : "text-ink",
                  )}
                >
                  {sum(paper[part])}
                </td>
                <td className="py-1 pl-3 text-right whitespace-nowrap text-ink tabular-nums">
                  {sum(present[part])}
                </td>
              </tr>
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
};
