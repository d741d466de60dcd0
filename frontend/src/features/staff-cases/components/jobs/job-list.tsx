"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";

import { EmptyState, ProblemState } from "@/components/state-panels";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { formatDateTime } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";
import { codeIn } from "@/lib/story-codes";

import { jobsQuery } from "../../list-queries";
import type { ListJob } from "../../types";
import { BULK_ACTIONS } from "../list/bulk-dialog";
import { JobBar } from "./job-progress";

const JobItem = ({ job }: { job: ListJob }) => {
  const t = useTranslations("caseList.job");
  const bulk = useTranslations("caseList.bulk");
  const locale = useLocale();
  const name = codeIn(BULK_ACTIONS, job.action);
  return (
    <li className="flex flex-col gap-2 border-b border-line px-4 py-3">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <Link
          href={`/staff/cases/jobs/${job.id}`}
          prefetch={false}
          className="font-medium text-primary hover:underline"
        >
          {t(`kind.${job.kind}`)}
          {name
            ? `: ${bulk(`action.${name}`)}`
            : job.kind === "export"
              ? `: ${job.action.toUpperCase()}`
              : ""}
        </Link>
        <time dateTime={job.created_at} className="text-muted">
          {formatDateTime(job.created_at, locale)}
        </time>
      </p>
      <JobBar job={job} />
    </li>
  );
};

/** One's long work with cases: what runs now and what came of earlier work. */
export const JobList = () => {
  const t = useTranslations("caseList.job");
  const common = useTranslations("common");
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } =
    useInfiniteQuery(jobsQuery);
  const jobs = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="flex flex-col">
      <header className="flex flex-col gap-1 border-b border-line bg-surface px-4 py-3">
        <Link href="/staff/cases" className="self-start text-primary hover:underline">
          {t("back")}
        </Link>
        <h1 className="text-lg font-semibold">{t("title")}</h1>
      </header>
      {error && !data ? (
        <div className="p-6">
          <ProblemState error={error} onRetry={() => void refetch()} />
        </div>
      ) : isPending ? (
        <Loading label={common("loading")} className="flex flex-col gap-3 p-4">
          <Skeleton className="h-16" />
          <Skeleton className="h-16" />
        </Loading>
      ) : jobs.length === 0 ? (
        <div className="px-4 py-10">
          <EmptyState title={t("empty.title")} text={t("empty.text")} />
        </div>
      ) : (
        <ul className="bg-surface">
          {jobs.map((job) => (
            <JobItem key={job.id} job={job} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button
          variant="secondary"
          size="dense"
          busy={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
          className="m-4 self-center"
        >
          {t("more")}
        </Button>
      )}
    </div>
  );
};
