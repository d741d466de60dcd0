"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatDate, formatMoney } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import type { DeskProcedure } from "../queries";
import { StepDialog } from "./step-dialog";

type Step = DeskProcedure["allowed_actions"][number];

/** A procedure of the own queue with the steps that are open to its specialist. */
export const ProcedureCard = ({ row }: { row: DeskProcedure }) => {
  const t = useTranslations("specialistDesk.procedures");
  const locale = useLocale();
  const [step, setStep] = useState<Step | null>(null);
  return (
    <li className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <Link
            href={`/desk/cases/${row.case_id}`}
            prefetch={false}
            className="font-semibold text-primary hover:underline"
          >
            {row.borrower_name}
          </Link>
          <p className="text-muted">{[row.case_number, row.kind_label].join(" · ")}</p>
        </div>
        <Badge tone="info">{row.state_label}</Badge>
      </div>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-muted">
        {row.creditor_name && <span>{row.creditor_name}</span>}
        {row.debt_tiyn !== null && <span className="tabular-nums">{formatMoney(row.debt_tiyn)}</span>}
        {row.due && row.days_left !== null && (
          <span
            className={
              row.days_left < 0
                ? "font-medium text-danger"
                : row.days_left <= 3
                  ? "font-medium text-warning"
                  : ""
            }
          >
            {t("due", { date: formatDate(row.due, locale, "until") })}
          </span>
        )}
      </p>
      {row.allowed_actions.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {row.allowed_actions.map((action) => (
            <Button key={action.action} variant="secondary" size="dense" onClick={() => setStep(action)}>
              {action.label}
            </Button>
          ))}
        </div>
      )}
      {step && <StepDialog procedure={row} step={step} onClose={() => setStep(null)} />}
    </li>
  );
};
