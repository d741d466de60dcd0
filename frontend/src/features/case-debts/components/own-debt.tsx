"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { formatDate, formatMoney } from "@/lib/format";

import type { Debt } from "../types";
import { CheckCard } from "./check-card";
import { CompareBlock } from "./compare-block";
import { ContractBlock } from "./contract-block";
import { DebtParts } from "./debt-parts";
import { NextPayment } from "./next-payment";
import { SchedulesBlock } from "./schedules-block";
import { SplitDialog } from "./split-dialog";
import { SplitsTable } from "./splits-table";

/** A part that is looked at only by who wants to know more. */
const More = ({ title, children }: { title: string; children: ReactNode }) => {
  const [open, setOpen] = useState(false);
  return (
    <details className="border-t border-line pt-1" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex min-h-11 cursor-pointer items-center font-medium text-primary">
        {title}
      </summary>
      {open && <div className="pt-2 pb-1">{children}</div>}
    </details>
  );
};

const has = (debt: Debt, kind: string) =>
  debt.schedules.some((item) => item.kind === kind && item.superseded_at === null);

interface OwnDebtProps {
  caseId: string;
  debt: Debt;
  version: number;
}

export const OwnDebt = ({ caseId, debt, version }: OwnDebtProps) => {
  const t = useTranslations("caseDebts");
  const locale = useLocale();
  const id = useId();
  const [telling, setTelling] = useState(false);
  // The delay is told by the terms of the case; here stands what may be asked for.
  const checks = debt.checks.filter(({ code, verdict }) => code !== "overdue" && verdict !== "none");
  return (
    <article
      aria-labelledby={id}
      className="flex min-w-0 flex-col gap-4 rounded-card border border-line bg-surface p-4"
    >
      <header className="flex flex-col gap-1">
        <h3 id={id} className="font-semibold">
          {debt.creditor.name}
        </h3>
        <p className="text-xl font-semibold text-ink tabular-nums">{formatMoney(debt.current.total_tiyn)}</p>
        <p className="text-sm text-muted">
          {t("own.asOf", { date: formatDate(debt.current.as_of, locale), who: debt.current.source_label })}
        </p>
      </header>
      <DebtParts split={debt.current} />
      {debt.allowed_actions.includes("give_split") && (
        <Button variant="secondary" className="self-start" onClick={() => setTelling(true)}>
          {t("own.tellSums")}
        </Button>
      )}
      {has(debt, "agreed") && <NextPayment caseId={caseId} debt={debt} />}
      {checks.length > 0 && (
        <div className="flex flex-col gap-3">
          {checks.map((check) => (
            <CheckCard key={check.code} check={check} heading="h4" large />
          ))}
        </div>
      )}
      <div className="flex flex-col">
        <More title={t("own.compare")}>
          <CompareBlock debt={debt} />
        </More>
        <More title={t("contract.title")}>
          <ContractBlock caseId={caseId} debt={debt} version={version} />
        </More>
        <More title={t("own.contractSchedule")}>
          <SchedulesBlock caseId={caseId} debt={debt} version={version} asksSource={false} />
        </More>
        <More title={t("splits.title")}>
          <SplitsTable splits={debt.splits} />
        </More>
      </div>
      {telling && (
        <SplitDialog caseId={caseId} debt={debt} asksSource={false} onClose={() => setTelling(false)} />
      )}
    </article>
  );
};
