"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { Fragment, useState } from "react";

import type { TimelineEntry } from "@/api/types";
import { ProblemState } from "@/components/state-panels";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { formatDateTime } from "@/lib/format";

import { EVERYTHING, type HistoryFilters } from "../../history-filters";
import { staffTimelineQuery } from "../../queries";
import type { StaffCase } from "../../types";
import { Composer } from "./composer";
import { Entry } from "./timeline-entry";
import { TimelineFilters } from "./timeline-filters";

const Entries = ({ caseId, filters }: { caseId: string; filters: HistoryFilters }) => {
  const t = useTranslations("staff.timeline");
  const common = useTranslations("common");
  const locale = useLocale();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useInfiniteQuery(
    staffTimelineQuery(caseId, filters),
  );
  if (error && !data) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading label={common("loading")} className="flex flex-col gap-4">
        <Skeleton className="h-12" />
        <Skeleton className="h-12" />
        <Skeleton className="h-12" />
      </Loading>
    );
  }
  const entries = data.pages.flatMap((page) => page.items);
  const dayOf = (entry: TimelineEntry) => formatDateTime(entry.at, locale).slice(0, -7);
  return (
    <>
      {entries.length === 0 && (
        <p className="text-muted">{t(filters === EVERYTHING ? "none" : "noneFits")}</p>
      )}
      <ol className="flex flex-col gap-4">
        {entries.map((entry, index) => {
          const previous = entries[index - 1];
          const isNewDay = !previous || dayOf(previous) !== dayOf(entry);
          return (
            <Fragment key={entry.id}>
              {isNewDay && (
                <li className="flex items-center gap-3 text-xs font-medium text-muted">
                  <span>{dayOf(entry)}</span>
                  <span aria-hidden className="h-px flex-1 bg-line" />
                </li>
              )}
              <Entry caseId={caseId} entry={entry} />
            </Fragment>
          );
        })}
      </ol>
      {hasNextPage && (
        <Button
          variant="secondary"
          size="dense"
          className="self-center"
          busy={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t("earlier")}
        </Button>
      )}
    </>
  );
};

/** Everything that happened, newest first, with the place to write on top. */
export const Timeline = ({ detail }: { detail: StaffCase }) => {
  const t = useTranslations("staff.timeline");
  const [filters, setFilters] = useState(EVERYTHING);
  return (
    <section id="timeline" aria-labelledby="timeline-title" className="flex scroll-mt-28 flex-col gap-4">
      <div className="flex items-center justify-between gap-2">
        <h2 id="timeline-title" className="text-base font-semibold">
          {t("title")}
        </h2>
        <TimelineFilters filters={filters} onChange={setFilters} />
      </div>
      <Composer detail={detail} />
      <Entries caseId={detail.id} filters={filters} />
    </section>
  );
};
