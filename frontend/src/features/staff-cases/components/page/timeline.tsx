"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Fragment } from "react";

import type { TimelineEntry } from "@/api/types";
import { ProblemState } from "@/components/state-panels";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import { formatDateTime } from "@/lib/format";

import { staffTimelineQuery } from "../../queries";
import type { StaffCase } from "../../types";
import { Composer } from "./composer";
import { TimelineIcon } from "./timeline-icon";

const Entry = ({ entry }: { entry: TimelineEntry }) => {
  const t = useTranslations("staff.timeline");
  const locale = useLocale();
  const isWords = entry.kind === "comment";
  return (
    <li className="flex gap-3">
      <TimelineIcon name={entry.icon} status={entry.status} />
      <div
        className={cn(
          "min-w-0 flex-1 pt-1",
          isWords && "rounded-card border border-line bg-surface px-3 py-2",
          isWords && entry.internal && "border-accent bg-accent-soft",
        )}
      >
        <p className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className="font-medium text-ink">{entry.title}</span>
          <time dateTime={entry.at} className="text-xs text-muted">
            {formatDateTime(entry.at, locale).slice(-5)}
          </time>
        </p>
        {entry.text && (
          <p className={cn("break-words whitespace-pre-line", isWords ? "text-ink" : "text-text")}>
            {entry.text}
          </p>
        )}
        <p className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
          {entry.actor_label}
          {entry.internal && (
            <span className="inline-flex items-center gap-1">
              <Lock aria-hidden className="size-3" />
              {t("internal")}
            </span>
          )}
          {entry.is_repeat && (
            <Badge tone="warning" className="text-xs">
              {t("repeat")}
            </Badge>
          )}
        </p>
      </div>
    </li>
  );
};

const Entries = ({ caseId }: { caseId: string }) => {
  const t = useTranslations("staff.timeline");
  const common = useTranslations("common");
  const locale = useLocale();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useInfiniteQuery(
    staffTimelineQuery(caseId),
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
  if (entries.length === 0) return <p className="text-muted">{t("none")}</p>;
  const dayOf = (entry: TimelineEntry) => formatDateTime(entry.at, locale).slice(0, -7);
  return (
    <>
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
              <Entry entry={entry} />
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
  return (
    <section id="timeline" aria-labelledby="timeline-title" className="flex scroll-mt-28 flex-col gap-4">
      <h2 id="timeline-title" className="text-base font-semibold">
        {t("title")}
      </h2>
      <Composer detail={detail} />
      <Entries caseId={detail.id} />
    </section>
  );
};
