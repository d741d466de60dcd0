"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { ProblemState } from "@/components/state-panels";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import { formatDate } from "@/lib/format";

import { type TermFilters, termMonthQuery } from "../queries";

interface TermMonthViewProps {
  month: string;
  today: string;
  filters: TermFilters;
  onMonth: (month: string) => void;
  onDay: (day: string) => void;
}

export const shiftMonth = (month: string, by: number): string => {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + by;
  return `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}`;
};

/** Monday is the first column. */
export const columnOf = (day: string): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

const MONTHS = ["m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12"] as const;

const monthKey = (month: string) => MONTHS[Number(month.slice(5)) - 1] ?? "m01";

const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** A month of last days: how many terms end on each day, how many of them critical; a day leads to its list. */
export const TermMonthView = ({ month, today, filters, onMonth, onDay }: TermMonthViewProps) => {
  const t = useTranslations("staffTerms.month");
  const common = useTranslations("common");
  const locale = useLocale();
  const query = useQuery(termMonthQuery(month, filters));
  if (query.error && !query.data) {
    return <ProblemState error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <section aria-label={t("label")} className="flex flex-col gap-3">
      <div className="flex items-center justify-between gap-2">
        <Button variant="secondary" size="dense" onClick={() => onMonth(shiftMonth(month, -1))}>
          <ChevronLeft aria-hidden className="size-4" />
          {t("before")}
        </Button>
        <h2 aria-live="polite" className="text-base font-semibold">
          {t("title", { month: t(monthKey(month)), year: month.slice(0, 4) })}
        </h2>
        <Button variant="secondary" size="dense" onClick={() => onMonth(shiftMonth(month, 1))}>
          {t("after")}
          <ChevronRight aria-hidden className="size-4" />
        </Button>
      </div>
      {!query.data ? (
        <Loading label={common("loading")}>
          <Skeleton className="h-96" />
        </Loading>
      ) : (
        <>
          <div aria-hidden className="grid grid-cols-7 gap-1 text-center text-xs text-muted">
            {WEEK.map((day) => (
              <span key={day}>{t(day)}</span>
            ))}
          </div>
          <ol className={cn("grid grid-cols-7 gap-1", query.isPlaceholderData && "opacity-60")}>
            {query.data.days.map((cell) => (
              <li
                key={cell.day}
                style={cell.day.endsWith("-01") ? { gridColumnStart: columnOf(cell.day) } : undefined}
              >
                <button
                  type="button"
                  disabled={cell.total === 0}
                  title={cell.day_off || undefined}
                  aria-label={t("day", {
                    date: formatDate(cell.day, locale),
                    total: cell.total,
                    critical: cell.critical,
                  })}
                  onClick={() => onDay(cell.day)}
                  className={cn(
                    "flex min-h-16 w-full flex-col items-start gap-1 rounded-field border border-line bg-surface p-1.5 text-left text-sm sm:min-h-20 sm:p-2",
                    cell.day_off && "bg-canvas text-muted",
                    cell.day === today && "border-primary ring-1 ring-primary",
                    cell.total > 0 && "hover:bg-primary-soft",
                  )}
                >
                  <span className="text-xs">{Number(cell.day.slice(8))}</span>
                  {cell.total > 0 && (
                    <span
                      className={cn(
                        "text-lg font-semibold tabular-nums",
                        cell.day < today ? "text-danger" : "text-primary",
                      )}
                    >
                      {cell.total}
                    </span>
                  )}
                  {cell.critical > 0 && (
                    <span className="text-xs text-danger max-sm:sr-only">
                      {t("critical", { count: cell.critical })}
                    </span>
                  )}
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
};
