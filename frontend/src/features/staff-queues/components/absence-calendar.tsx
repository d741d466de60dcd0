"use client";

import { useLocale, useTranslations } from "next-intl";

import { cn } from "@/lib/cn";
import { formatDate } from "@/lib/format";

import type { Absence } from "../queries";

const DAYS = 28;

const dayAfter = (iso: string, days: number): string => {
  const day = new Date(`${iso}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
};

const isWeekend = (iso: string): boolean => [0, 6].includes(new Date(`${iso}T00:00:00Z`).getUTCDay());

/** Four weeks ahead, a row per person who is away; the same days stand in words in the list below. */
export const AbsenceCalendar = ({ items, today }: { items: readonly Absence[]; today: string }) => {
  const t = useTranslations("staffQueues");
  const locale = useLocale();
  const days = Array.from({ length: DAYS }, (_unused, index) => dayAfter(today, index));
  const people = [...new Map(items.map((item) => [item.person.id, item.person.full_name])).entries()];
  return (
    <div aria-hidden className="hidden flex-col gap-1 overflow-x-auto pb-1 md:flex">
      <div className="flex items-end gap-px pl-44 text-xs text-muted">
        {days.map((day) => (
          <span key={day} title={formatDate(day, locale)} className="w-5 text-center tabular-nums">
            {Number(day.slice(8))}
          </span>
        ))}
      </div>
      {people.map(([id, name]) => (
        <div key={id} className="flex items-center gap-px">
          <span className="w-44 shrink-0 truncate pr-2">{name}</span>
          {days.map((day) => {
            const isAway = items.some(
              (item) => item.person.id === id && item.first_day <= day && day <= item.last_day,
            );
            return (
              <span
                key={day}
                className={cn(
                  "h-5 w-5 rounded-sm bg-canvas",
                  isWeekend(day) && "bg-line",
                  isAway && "bg-warning",
                )}
              />
            );
          })}
        </div>
      ))}
      <p className="pt-1 text-xs text-muted">{t("calendarNote")}</p>
    </div>
  );
};
