"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { formatDate, formatMoney } from "@/lib/format";

import type { Debt } from "../types";
import { CheckCard } from "./check-card";
import { CompareBlock } from "./compare-block";
import { ContractBlock } from "./contract-block";
import { SchedulesBlock } from "./schedules-block";
import { SplitDialog } from "./split-dialog";
import { SplitsTable } from "./splits-table";

const Part = ({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) => (
  <section className="flex min-w-0 flex-col gap-3 border-t border-line pt-4">
    <div className="flex flex-wrap items-center justify-between gap-2">
      <h3 className="font-semibold text-ink">{title}</h3>
      {action}
    </div>
    {children}
  </section>
);

interface DebtCardProps {
  caseId: string;
  debt: Debt;
  version: number;
}

/** Everything about one debt for the people who work on it. */
export const DebtCard = ({ caseId, debt, version }: DebtCardProps) => {
  const t = useTranslations("caseDebts");
  const locale = useLocale();
  const id = useId();
  const [telling, setTelling] = useState(false);
  const [comparing, setComparing] = useState(false);
  return (
    <article
      aria-labelledby={id}
      className="flex min-w-0 flex-col gap-4 rounded-card border border-line bg-surface p-4"
    >
      <header className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 id={id} className="text-lg font-semibold text-ink">
          {debt.creditor.name}
        </h2>
        <p className="text-lg font-semibold text-ink tabular-nums">
          {formatMoney(debt.current.total_tiyn)}
          <span className="ml-2 text-sm font-normal text-muted">
            {t("asOf", { date: formatDate(debt.current.as_of, locale) })}
          </span>
        </p>
      </header>
      {debt.checks.length > 0 && (
        <div className="grid items-start gap-3 lg:grid-cols-3">
          {debt.checks.map((check) => (
            <CheckCard key={check.code} check={check} heading="h3" />
          ))}
        </div>
      )}
      <Part
        title={t("splits.title")}
        action={
          debt.allowed_actions.includes("give_split") && (
            <Button variant="secondary" size="dense" onClick={() => setTelling(true)}>
              {t("splits.add")}
            </Button>
          )
        }
      >
        <SplitsTable splits={debt.splits} />
      </Part>
      <Part title={t("contract.title")}>
        <ContractBlock caseId={caseId} debt={debt} version={version} />
      </Part>
      <Part title={t("schedule.title")}>
        <SchedulesBlock caseId={caseId} debt={debt} version={version} asksSource />
      </Part>
      <Part
        title={t("compare.title")}
        action={
          <Button
            variant="secondary"
            size="dense"
            aria-expanded={comparing}
            onClick={() => setComparing(!comparing)}
          >
            {t(comparing ? "compare.close" : "compare.open")}
          </Button>
        }
      >
        {comparing && <CompareBlock debt={debt} />}
      </Part>
      {telling && <SplitDialog caseId={caseId} debt={debt} asksSource onClose={() => setTelling(false)} />}
    </article>
  );
};
