import { useLocale, useTranslations } from "next-intl";

import { cn } from "@/lib/cn";
import { formatDate } from "@/lib/format";

import type { CalendarDay, DayKind } from "../types";
import { daysOfMonth, isOff, weekdayOf } from "../year-days";

interface MonthGridProps {
  year: number;
  month: number;
  rows: ReadonlyMap<string, CalendarDay>;
  marked: Readonly<Record<string, DayKind>>;
  onDay?: (day: string) => void;
}

const NAMES = ["m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12"] as const;

/** One month; days off are red, working weekends have a line below, proposed days a frame. */
export const MonthGrid = ({ year, month, rows, marked, onDay }: MonthGridProps) => {
  const t = useTranslations("staffLaw.calendar");
  const locale = useLocale();
  return (
    <div className="rounded-card border border-line bg-surface p-3">
      <h3 className="mb-2 font-medium text-ink">{t(NAMES[month - 1] ?? "m01")}</h3>
      <ol className="grid grid-cols-7 gap-0.5">
        {daysOfMonth(year, month).map((day) => {
          const row = rows.get(day);
          const proposed = marked[day];
          const off = proposed ? proposed === "day_off" : isOff(day, row?.kind);
          const said = `${formatDate(day, locale)}: ${t(off ? "off" : "working")}${row ? `, ${row.reason_label}` : ""}`;
          const styles = cn(
            "flex size-9 items-center justify-center rounded-field text-sm tabular-nums",
            off ? "text-danger" : "text-text",
            row && "font-semibold",
            row?.kind === "workday" && "underline",
            row?.estimated && "italic",
            proposed && "bg-primary-soft ring-2 ring-primary",
          );
          return (
            <li key={day} style={day.endsWith("-01") ? { gridColumnStart: weekdayOf(day) } : undefined}>
              {onDay ? (
                <button
                  type="button"
                  title={row?.reason_label}
                  aria-label={said}
                  aria-pressed={proposed !== undefined}
                  onClick={() => onDay(day)}
                  className={cn(styles, "hover:bg-primary-soft")}
                >
                  {Number(day.slice(8))}
                </button>
              ) : (
                <span title={row?.reason_label} className={styles}>
                  <span aria-hidden>{Number(day.slice(8))}</span>
                  <span className="sr-only">{said}</span>
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
};
