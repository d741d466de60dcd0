import { useTranslations } from "next-intl";

import type { NextDeadline } from "@/api/types";
import { cn } from "@/lib/cn";
import { toTypedDate } from "@/lib/dates";

import { TERM_BAR, TERM_TEXT, termTone } from "../tones";

const SHOWN_DAYS = 30;

export const useTermWords = () => {
  const t = useTranslations("common.deadline");
  return (daysLeft: number): string => {
    if (daysLeft === 0) return t("today");
    return daysLeft < 0 ? t("passed", { days: -daysLeft }) : t("left", { days: daysLeft });
  };
};

interface TermCellProps {
  next: NextDeadline | null;
  /** The latest term that the borrower let pass: alone when nothing lies ahead, else as a line below. */
  missed?: NextDeadline | null;
}

/** The nearest term of a case: how long, until when, what it is, and the same as a line. */
export const TermCell = ({ next, missed = null }: TermCellProps) => {
  const t = useTranslations("staff.list");
  const words = useTermWords();
  const term = next ?? missed;
  if (!term) return <span className="text-muted">{t("noTerm")}</span>;
  const tone = termTone(term.days_left);
  const share = Math.min(1, Math.max(0.06, 1 - term.days_left / SHOWN_DAYS));
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className="flex flex-wrap items-baseline gap-x-2 leading-tight">
        <span className={cn("font-medium whitespace-nowrap", TERM_TEXT[tone])}>{words(term.days_left)}</span>
        <time dateTime={term.due} className="text-xs text-muted">
          {toTypedDate(term.due)}
        </time>
      </p>
      <div aria-hidden className="h-1 overflow-hidden rounded-full bg-line">
        <div
          className={cn("h-full rounded-full", TERM_BAR[tone])}
          style={{ width: `${Math.round(share * 100)}%` }}
        />
      </div>
      <p className="truncate text-xs text-muted" title={term.title}>
        {term.title}
      </p>
      {next && missed && (
        <p className="truncate text-xs text-danger" title={missed.title}>
          {t("missed", { date: toTypedDate(missed.due) })}
        </p>
      )}
    </div>
  );
};
