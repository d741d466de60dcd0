"use client";

import { useLocale, useTranslations } from "next-intl";

import { formatDate, formatMoney } from "@/lib/format";

import { PARTS, shownValue } from "../shown";
import type { FindingValue as Value } from "../types";

/** A value as people read it; parts of a debt as a small list. */
export const FindingValue = ({ value }: { value: Value }) => {
  const t = useTranslations("caseExtraction");
  const locale = useLocale();
  const { split } = value;
  if (split === null) {
    return (
      <span className="font-medium break-words text-ink">{shownValue(value, locale) ?? t("nothing")}</span>
    );
  }
  return (
    <dl className="grid max-w-sm grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-0.5 text-sm">
      {split.as_of && (
        <>
          <dt className="text-muted">{t("parts.as_of")}</dt>
          <dd className="text-right">{formatDate(split.as_of, locale)}</dd>
        </>
      )}
      {PARTS.map((part) => {
        const tiyn = split[part];
        return tiyn === null ? null : (
          <div key={part} className="contents">
            <dt className="text-muted">{t(`parts.${part}`)}</dt>
            <dd className="text-right font-medium text-ink tabular-nums">{formatMoney(tiyn)}</dd>
          </div>
        );
      })}
      {split.total_tiyn !== null && (
        <>
          <dt className="border-t border-line pt-0.5 text-muted">{t("parts.total_tiyn")}</dt>
          <dd className="border-t border-line pt-0.5 text-right font-medium text-ink tabular-nums">
            {formatMoney(split.total_tiyn)}
          </dd>
        </>
      )}
    </dl>
  );
};
