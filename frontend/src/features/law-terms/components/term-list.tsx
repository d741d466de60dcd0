import { ChevronRight } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import type { LawTerm } from "@/api/types";
import { DeadlineBar } from "@/components/deadline-bar";
import { Badge } from "@/components/ui/badge";
import { formatDate } from "@/lib/format";

const DAY_MS = 86_400_000;

const daysBetween = (from: string, to: string) =>
  Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS));

const Details = ({ term }: { term: LawTerm }) => {
  const t = useTranslations("terms");
  const locale = useLocale();
  return (
    <details className="group">
      <summary className="inline-flex min-h-11 items-center gap-1 font-medium text-primary">
        <ChevronRight aria-hidden className="size-5 transition-transform duration-150 group-open:rotate-90" />
        {t("why")}
      </summary>
      <dl className="flex flex-col gap-2 border-l-2 border-line pl-4">
        <div>
          <dt className="text-sm text-muted">{t("countedFrom")}</dt>
          <dd>{formatDate(term.counted_from, locale)}</dd>
        </div>
        {term.skipped_days.length > 0 && (
          <div>
            <dt className="text-sm text-muted">{t("skipped")}</dt>
            {term.skipped_days.map((day) => (
              <dd key={day.date}>
                {formatDate(day.date, locale)}: {day.reason}
              </dd>
            ))}
          </div>
        )}
        {term.source.length > 0 && (
          <div>
            <dt className="text-sm text-muted">{t("source")}</dt>
            {term.source.map((source) => (
              <dd key={`${source.title}${source.reference}`}>
                {source.title}
                {source.reference && `, ${source.reference}`}
              </dd>
            ))}
          </div>
        )}
      </dl>
    </details>
  );
};

const TermCard = ({ term }: { term: LawTerm }) => {
  const t = useTranslations("terms");
  return (
    <li className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <h3 className="min-w-0 font-semibold">{term.title}</h3>
        <Badge tone="neutral">{t("bound", { who: term.bound_label })}</Badge>
      </div>
      <DeadlineBar
        due={term.due}
        daysLeft={term.days_left}
        state={term.status}
        totalDays={daysBetween(term.counted_from, term.due)}
        critical={term.critical}
        direction={term.direction}
      />
      <p className="measure">{term.explanation}</p>
      {term.needs_review && (
        <p>
          <Badge tone="warning">{t("needsReview")}</Badge>
        </p>
      )}
      <Details term={term} />
    </li>
  );
};

/** What the law says from a date on, nearest first as the server orders it. */
export const TermList = ({ terms }: { terms: readonly LawTerm[] }) => (
  <ul className="flex flex-col gap-3">
    {terms.map((term) => (
      <TermCard key={term.rule} term={term} />
    ))}
  </ul>
);
