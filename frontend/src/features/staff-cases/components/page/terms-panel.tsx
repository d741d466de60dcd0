"use client";

import { CalendarPlus, ChevronDown } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { formatDate } from "@/lib/format";

import { TERM_BAR, TERM_TEXT, type TermTone, termTone } from "../../tones";
import type { StaffCase, StaffDeadline } from "../../types";
import { useTermWords } from "../term-cell";
import { FactDialog } from "./fact-dialog";
import { Panel } from "./panel";

const DAY_MS = 86_400_000;

const toneOf = (term: StaffDeadline): TermTone => {
  if (term.status === "met") return "done";
  if (term.direction === "at_least") return "calm";
  // Another's or already useless day that went by is history, not an alarm.
  if (term.status === "passed") return "calm";
  return termTone(term.days_left);
};

const shareGone = (term: StaffDeadline): number => {
  const whole = (Date.parse(term.due) - Date.parse(term.start)) / DAY_MS;
  if (term.days_left < 0 || term.status === "met" || whole <= 0) return 100;
  return Math.round(Math.min(1, Math.max(0.04, 1 - term.days_left / whole)) * 100);
};

const Term = ({ term, creditor }: { term: StaffDeadline; creditor: string | undefined }) => {
  const t = useTranslations("staff.terms");
  const deadline = useTranslations("common.deadline");
  const locale = useLocale();
  const words = useTermWords();
  const tone = toneOf(term);
  const waits = term.direction === "at_least";
  const waiting = () =>
    term.days_left > 0 ? deadline("wait", { days: term.days_left }) : deadline("reached");
  const counting = () =>
    term.status === "met" ? deadline("met") : term.status === "passed" ? t("over") : words(term.days_left);
  const text = waits ? waiting() : counting();
  return (
    <li className="flex flex-col gap-1.5 py-3 first:pt-0 last:pb-0">
      <p className="font-medium text-ink">{term.title}</p>
      {creditor && <p className="text-xs text-muted">{creditor}</p>}
      {term.critical && <p className="text-xs font-medium text-danger">{t("critical")}</p>}
      <p className="flex flex-wrap items-baseline gap-x-2">
        <time dateTime={term.due} className="text-ink">
          {waits
            ? deadline("after", { date: formatDate(term.due, locale, "from") })
            : deadline("until", { date: formatDate(term.due, locale, "until") })}
        </time>
        <span className={cn("font-medium", term.status === "passed" ? "text-muted" : TERM_TEXT[tone])}>
          {text}
        </span>
      </p>
      <div aria-hidden className="h-1 overflow-hidden rounded-full bg-line">
        <div
          className={cn("h-full rounded-full", term.status === "passed" ? "bg-field-line" : TERM_BAR[tone])}
          style={{ width: `${shareGone(term)}%` }}
        />
      </div>
      <details className="group">
        <summary className="flex min-h-9 list-none items-center gap-1 text-primary [&::-webkit-details-marker]:hidden">
          <ChevronDown aria-hidden className="size-4 group-open:rotate-180" />
          {t("why")}
        </summary>
        <div className="flex flex-col gap-1.5 pb-1">
          <p>{term.explanation}</p>
          <p className="text-muted">{term.bound_label}</p>
          {term.source.map((source) => (
            <p key={`${source.title}${source.reference}`} className="text-xs text-muted">
              {source.title}, {source.reference}
            </p>
          ))}
          {term.needs_review && <p className="text-xs font-medium text-warning">{t("needsReview")}</p>}
        </div>
      </details>
    </li>
  );
};

/** Terms further away than this wait folded, so that the near ones are seen at once. */
const NEAR_DAYS = 60;

const isPressing = (term: StaffDeadline) => term.status === "running" || term.status === "today";

interface FoldedProps {
  title: string;
  terms: readonly StaffDeadline[];
  creditorOf: (term: StaffDeadline) => string | undefined;
}

const Folded = ({ title, terms, creditorOf }: FoldedProps) =>
  terms.length > 0 && (
    <details>
      <summary className="min-h-9 py-1.5 font-medium text-primary">{title}</summary>
      <ul className="flex flex-col divide-y divide-line pt-2">
        {terms.map((term) => (
          <Term key={term.id} term={term} creditor={creditorOf(term)} />
        ))}
      </ul>
    </details>
  );

/** Terms that run come first, by day; what is met or gone by stands folded below. */
export const TermsPanel = ({ detail, today }: { detail: StaffCase; today: string }) => {
  const t = useTranslations("staff.terms");
  const [isRecording, setRecording] = useState(false);
  const names = new Map(detail.obligations.map((debt) => [debt.id, debt.creditor.name]));
  const many = detail.obligations.length > 1;
  const creditorOf = (term: StaffDeadline) =>
    many && term.obligation_id ? names.get(term.obligation_id) : undefined;
  const byDay = detail.deadlines.toSorted((a, b) => a.due.localeCompare(b.due));
  const missed = byDay.filter((term) => term.status === "missed");
  const running = byDay.filter(isPressing);
  const near = running.filter((term, index) => index === 0 || term.days_left <= NEAR_DAYS);
  const far = running.slice(near.length);
  const rest = byDay.filter((term) => !isPressing(term) && term.status !== "missed");
  return (
    <Panel
      id="terms"
      title={t("title")}
      action={
        detail.allowed_actions.includes("record_fact") && (
          <Button variant="quiet" size="dense" onClick={() => setRecording(true)}>
            <CalendarPlus aria-hidden className="size-5" />
            {t("record")}
          </Button>
        )
      }
    >
      {byDay.length === 0 ? (
        <p className="text-muted">{t("none")}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {[...missed, ...near].map((term) => (
            <Term key={term.id} term={term} creditor={creditorOf(term)} />
          ))}
        </ul>
      )}
      <Folded title={t("far", { count: far.length })} terms={far} creditorOf={creditorOf} />
      <Folded title={t("rest", { count: rest.length })} terms={rest} creditorOf={creditorOf} />
      {isRecording && <FactDialog detail={detail} today={today} onClose={() => setRecording(false)} />}
    </Panel>
  );
};
