"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { ReasonDialog } from "@/components/desk/reason-dialog";
import { ProblemState } from "@/components/state-panels";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";

import { calendarQuery, usePropose } from "../queries";
import type { DayKind } from "../types";
import { turned } from "../year-days";
import { DayList } from "./day-list";
import { MonthGrid } from "./month-grid";

interface CalendarPartProps {
  year: number;
  canPropose: boolean;
  onYear: (year: number) => void;
  onProposed: (changeId: string) => void;
}

const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** A year of days off and working weekends. An editor turns days over by a press and proposes them together. */
export const CalendarPart = ({ year, canPropose, onYear, onProposed }: CalendarPartProps) => {
  const t = useTranslations("staffLaw.calendar");
  const common = useTranslations("common");
  const query = useQuery(calendarQuery(year));
  const [marked, setMarked] = useState<Readonly<Record<string, DayKind>>>({});
  const [isAsking, setAsking] = useState(false);
  const propose = usePropose(({ id }) => onProposed(id));
  const data = query.data;
  if (query.error && !data) {
    return <ProblemState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!data) {
    return (
      <Loading label={common("loading")}>
        <Skeleton className="h-96" />
      </Loading>
    );
  }
  const rows = new Map(data.days.map((row) => [row.day, row]));
  const turn = (day: string) =>
    setMarked((before) => {
      const next = turned(day, rows.get(day)?.kind, before[day]);
      const rest = Object.fromEntries(Object.entries(before).filter(([key]) => key !== day));
      return next ? { ...rest, [day]: next } : rest;
    });
  const days = Object.entries(marked).map(([day, kind]) => ({ day, kind, reason: "transfer" }));
  return (
    <section aria-label={t("label", { year })} className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button
          variant="secondary"
          size="dense"
          disabled={year <= data.first_year}
          onClick={() => onYear(year - 1)}
        >
          <ChevronLeft aria-hidden className="size-4" />
          {year - 1}
        </Button>
        <h2 aria-live="polite" className="text-base font-semibold tabular-nums">
          {year}
        </h2>
        <Button
          variant="secondary"
          size="dense"
          disabled={year >= data.last_year}
          onClick={() => onYear(year + 1)}
        >
          {year + 1}
          <ChevronRight aria-hidden className="size-4" />
        </Button>
      </div>
      {canPropose && <p className="text-sm text-muted">{t("help")}</p>}
      {days.length > 0 && (
        <div className="sticky top-2 z-10 flex flex-wrap items-center justify-between gap-2 rounded-card border border-primary bg-primary-soft p-3">
          <p>{t("marked", { count: days.length })}</p>
          <div className="flex gap-2">
            <Button size="dense" onClick={() => setAsking(true)}>
              {t("propose")}
            </Button>
            <Button variant="quiet" size="dense" onClick={() => setMarked({})}>
              {common("cancel")}
            </Button>
          </div>
        </div>
      )}
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4">
        {MONTHS.map((month) => (
          <MonthGrid
            key={month}
            year={year}
            month={month}
            rows={rows}
            marked={marked}
            onDay={canPropose ? turn : undefined}
          />
        ))}
      </div>
      <DayList days={data.days} />
      {isAsking && (
        <ReasonDialog
          title={t("proposeTitle")}
          lead={t("proposeLead", { count: days.length })}
          label={t("reason")}
          submitLabel={t("propose")}
          mutation={propose}
          onSubmit={(reason) => propose.mutate({ kind: "calendar", rule_key: "", content: { days }, reason })}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
};
