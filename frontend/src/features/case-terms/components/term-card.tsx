"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { DeadlineBar } from "@/components/deadline-bar";
import { Facts } from "@/components/desk/facts";
import { LawyerMark } from "@/components/desk/lawyer-mark";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatDate } from "@/lib/format";

import type { Term } from "../queries";
import { TermDialog, type TermWindow } from "./term-dialog";
import { TermHistory, TermReminders } from "./term-history";

const WINDOWS = ["meet", "suspend", "resume", "extend", "correct_fact", "reopen"] as const;

interface TermCardProps {
  caseId: string;
  term: Term;
  today: string;
}

/** One term: its day, why that day, what was used to count it, what happened to it, and what can be done. */
export const TermCard = ({ caseId, term, today }: TermCardProps) => {
  const t = useTranslations("caseTerms");
  const locale = useLocale();
  const [opened, setOpened] = useState<TermWindow | null>(null);
  const pauses = term.pauses.map(({ first, last }) =>
    t("pause", { first: formatDate(first, locale, "from"), last: formatDate(last, locale, "until") }),
  );
  const edition = term.edition.valid_from
    ? t("editionSince", {
        length: term.edition.length,
        date: formatDate(term.edition.valid_from, locale, "from"),
      })
    : term.edition.length;
  return (
    <li
      id={`term-${term.id}`}
      className="flex scroll-mt-24 flex-col gap-3 rounded-card border border-line bg-surface p-4 target:border-primary"
    >
      <div className="grid gap-3 md:grid-cols-[minmax(0,1fr)_16rem]">
        <div className="flex min-w-0 flex-col gap-1">
          <h2 className="text-base font-semibold text-ink">{term.title}</h2>
          <p className="flex flex-wrap items-center gap-1.5 text-sm">
            <Badge tone={term.bound === "borrower" ? "primary" : "neutral"}>
              {t("duty", { who: term.bound === "borrower" ? t("borrower") : term.bound_label })}
            </Badge>
            {term.critical && <Badge tone="danger">{t("critical")}</Badge>}
            {term.needs_review && <LawyerMark />}
            {term.creditor && <span className="text-muted">{term.creditor}</span>}
          </p>
        </div>
        <DeadlineBar
          size="dense"
          due={term.due}
          daysLeft={term.days_left}
          state={term.status}
          critical={term.critical}
          direction={term.direction}
          share={term.share_over}
        />
      </div>
      <p className="measure whitespace-pre-line">{term.explanation}</p>
      {term.consequence && term.status !== "met" && (
        <p className="measure rounded-field bg-canvas p-3 text-sm">
          <span className="font-medium text-ink">{t("consequence")}</span> {term.consequence}
        </p>
      )}
      <TermReminders reminders={term.reminders} />
      <TermHistory changes={term.changes} />
      <details className="text-sm">
        <summary className="min-h-9 cursor-pointer py-1.5 font-medium text-primary">{t("usedTitle")}</summary>
        <Facts
          items={[
            {
              label: t("used.event"),
              value: `${term.fact.kind_label}, ${formatDate(term.fact.date, locale)} (${term.fact.source_label})`,
            },
            { label: t("used.edition"), value: edition },
            { label: t("used.pauses"), value: pauses.join("; ") },
            { label: t("used.calendar"), value: <code className="text-xs">{term.calendar_mark}</code> },
            {
              label: t("used.sources"),
              value: term.source.map(({ title, reference }) => `${title}, ${reference}`).join("; "),
            },
          ]}
        />
      </details>
      {term.allowed_actions.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {WINDOWS.filter((name) => term.allowed_actions.includes(name)).map((name) => (
            <Button
              key={name}
              variant="secondary"
              size="dense"
              className="max-sm:min-h-11"
              onClick={() => setOpened(name)}
            >
              {t(`action.${name}`)}
            </Button>
          ))}
        </div>
      )}
      {opened && (
        <TermDialog
          caseId={caseId}
          term={term}
          window={opened}
          today={today}
          onClose={() => setOpened(null)}
        />
      )}
    </li>
  );
};
