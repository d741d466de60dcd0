"use client";

import { ChevronRight } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import type { Deadline, Obligation } from "@/api/types";
import { DeadlineBar } from "@/components/deadline-bar";
import { Badge } from "@/components/ui/badge";
import { formatDate } from "@/lib/format";

const DAY_MS = 86_400_000;

const lengthOf = (deadline: Deadline) =>
  Math.max(1, Math.round((Date.parse(deadline.due) - Date.parse(deadline.start)) / DAY_MS));

const ORDER: Record<Deadline["status"], number> = {
  today: 0,
  running: 1,
  suspended: 2,
  missed: 3,
  passed: 4,
  met: 5,
};

/** What is still ahead first and nearest first; then the missed, then the met. */
export const byUrgency = (deadlines: readonly Deadline[]): Deadline[] =>
  [...deadlines].sort(
    (one, other) => ORDER[one.status] - ORDER[other.status] || one.due.localeCompare(other.due),
  );

const DeadlineCard = ({ deadline, creditor }: { deadline: Deadline; creditor: string | undefined }) => {
  const t = useTranslations("cases.deadlines");
  const locale = useLocale();
  return (
    <li className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <h3 className="font-semibold">{deadline.title}</h3>
          {creditor && <p className="text-sm text-muted">{creditor}</p>}
        </div>
        <Badge>{t("bound", { who: deadline.bound_label })}</Badge>
      </div>
      <DeadlineBar
        due={deadline.due}
        daysLeft={deadline.days_left}
        state={deadline.status}
        totalDays={lengthOf(deadline)}
        critical={deadline.critical}
        direction={deadline.direction}
      />
      <p className="measure">{deadline.explanation}</p>
      {deadline.needs_review && (
        <p>
          <Badge tone="warning">{t("needsReview")}</Badge>
        </p>
      )}
      <details className="group">
        <summary className="inline-flex min-h-11 items-center gap-1 font-medium text-primary">
          <ChevronRight
            aria-hidden
            className="size-5 transition-transform duration-150 group-open:rotate-90"
          />
          {t("basis")}
        </summary>
        <dl className="flex flex-col gap-2 border-l-2 border-line pl-4">
          <div>
            <dt className="text-sm text-muted">{t("start")}</dt>
            <dd>{formatDate(deadline.start, locale)}</dd>
          </div>
          {deadline.source.length > 0 && (
            <div>
              <dt className="text-sm text-muted">{t("source")}</dt>
              {deadline.source.map((source) => (
                <dd key={`${source.title}${source.reference}`}>
                  {source.title}
                  {source.reference && `, ${source.reference}`}
                </dd>
              ))}
            </div>
          )}
        </dl>
      </details>
    </li>
  );
};

interface DeadlineListProps {
  deadlines: readonly Deadline[];
  obligations: readonly Obligation[];
}

export const DeadlineList = ({ deadlines, obligations }: DeadlineListProps) => {
  const creditorOf = (deadline: Deadline) =>
    obligations.length > 1
      ? obligations.find((obligation) => obligation.id === deadline.obligation_id)?.creditor.name
      : undefined;
  return (
    <ul className="flex flex-col gap-3">
      {byUrgency(deadlines).map((deadline) => (
        <DeadlineCard key={deadline.id} deadline={deadline} creditor={creditorOf(deadline)} />
      ))}
    </ul>
  );
};
