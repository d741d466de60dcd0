"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { DeadlineBar } from "@/components/deadline-bar";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Stepper } from "@/components/ui/stepper";
import { formatDate } from "@/lib/format";

import type { Procedure, ProcedureCase } from "./writes";

type Term = ProcedureCase["deadlines"][number];

const SHOWN_TERMS = 2;
const BAD = new Set([
  "REFUSED",
  "NO_REPLY",
  "BREACHED",
  "TERM_MISSED",
  "REJECTED",
  "DECISION_AGAINST",
  "SEND_FAILED",
]);
const GOOD = new Set(["DONE", "AGREED", "DECISION_FOR", "CANCELLED_BY_NOTARY", "COMPLETED", "PERFORMING"]);

const toneOf = (track: Procedure): BadgeTone =>
  track.proposed
    ? "neutral"
    : BAD.has(track.state)
      ? "danger"
      : GOOD.has(track.state)
        ? "success"
        : "primary";

/** Terms of this procedure that still run, the nearest first. */
const termsOf = (track: Procedure, deadlines: readonly Term[]) =>
  deadlines
    .filter(
      (term) =>
        track.deadline_ids.includes(term.id) && (term.status === "running" || term.status === "today"),
    )
    .sort((a, b) => a.due.localeCompare(b.due))
    .slice(0, SHOWN_TERMS);

const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

const Terms = ({ terms }: { terms: readonly Term[] }) => (
  <ul className="flex flex-col gap-3">
    {terms.map((term) => (
      <li key={term.id} className="flex flex-col gap-1">
        <p className="text-sm font-medium text-ink">{term.title}</p>
        <DeadlineBar
          due={term.due}
          daysLeft={term.days_left}
          totalDays={Math.max(1, daysBetween(term.start, term.due))}
          critical={term.critical}
          direction={term.direction}
          state={term.status}
          size="dense"
        />
      </li>
    ))}
  </ul>
);

interface ProcedureCardProps {
  track: Procedure;
  detail: Pick<ProcedureCase, "obligations" | "deadlines">;
  children?: ReactNode;
}

/** One procedure: where it stands, since when, under which number, its terms, and its way as steps. */
export const ProcedureCard = ({ track, detail, children }: ProcedureCardProps) => {
  const t = useTranslations("procedures");
  const locale = useLocale();
  const debt = detail.obligations.find((item) => item.id === track.obligation_id);
  const terms = termsOf(track, detail.deadlines);
  const facts = [
    track.state_since && !track.proposed
      ? t("since", { day: formatDate(track.state_since, locale, "from") })
      : "",
    track.external_number && t("number", { number: track.external_number }),
    track.outcome_label,
  ].filter(Boolean);
  return (
    <Card className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <h3 className="font-semibold text-ink">{track.kind_label}</h3>
          {debt && (
            <p className="text-sm text-muted">
              {debt.creditor.name}, №&nbsp;{debt.contract_number}
            </p>
          )}
        </div>
        <Badge tone={toneOf(track)}>{track.proposed ? t("proposed") : track.state_label}</Badge>
      </div>
      {facts.length > 0 && <p className="text-sm">{facts.join(" · ")}</p>}
      {terms.length > 0 && <Terms terms={terms} />}
      {!track.proposed && track.steps.length > 0 && (
        <Stepper
          labels={{ done: t("done"), current: t("current"), coming: t("coming") }}
          items={track.steps.map((step) => ({
            key: step.state,
            label: step.label,
            state: step.current ? "current" : step.done ? "done" : "coming",
          }))}
        />
      )}
      {children}
    </Card>
  );
};
