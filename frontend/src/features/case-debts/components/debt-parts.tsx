"use client";

import { useTranslations } from "next-intl";

import { formatMoney } from "@/lib/format";

import type { Split } from "../types";

const PARTS = ["principal", "interest", "penalty", "fees"] as const;
const FILLS = {
  principal: "bg-primary",
  interest: "bg-info",
  penalty: "bg-warning",
  fees: "bg-muted",
} as const;

/** Of what the debt consists: a bar in the proportion of its parts, and each part in plain words with its sum. */
export const DebtParts = ({ split }: { split: Split }) => {
  const t = useTranslations("caseDebts.own");
  const parts = PARTS.filter((part) => split[`${part}_tiyn`] > 0);
  return (
    <div className="flex flex-col gap-3">
      <div aria-hidden className="flex h-3 gap-0.5 overflow-hidden rounded-full bg-line">
        {parts.map((part) => (
          <span
            key={part}
            className={FILLS[part]}
            style={{ flexGrow: split[`${part}_tiyn`] / Math.max(1, split.total_tiyn), minWidth: 3 }}
          />
        ))}
      </div>
      <dl className="flex flex-col gap-2">
        {parts.map((part) => (
          <div key={part} className="flex items-baseline justify-between gap-4">
            <dt className="flex min-w-0 items-baseline gap-2">
              <span aria-hidden className={`size-2.5 shrink-0 rounded-full ${FILLS[part]}`} />
              <span>
                {t(`parts.${part}`)}
                <span className="block text-sm text-muted">{t(`partHelp.${part}`)}</span>
              </span>
            </dt>
            <dd className="shrink-0 text-ink tabular-nums">{formatMoney(split[`${part}_tiyn`])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
};
