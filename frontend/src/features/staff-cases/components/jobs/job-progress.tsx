"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect } from "react";

import { Button, buttonStyles } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { apiUrl } from "@/lib/api-client";

import { useStopJob } from "../../list-mutations";
import { jobQuery } from "../../list-queries";
import { staffCaseKeys } from "../../queries";
import type { ListJob } from "../../types";
import { BatchFiles } from "./batch-files";

/** How far the work is, in a bar and in words. */
export const JobBar = ({ job }: { job: ListJob }) => {
  const t = useTranslations("caseList.job");
  const share = job.total === 0 ? 0 : Math.round((job.done / job.total) * 100);
  return (
    <div className="flex flex-col gap-1.5">
      <div
        role="progressbar"
        aria-label={t(`kind.${job.kind}`)}
        aria-valuenow={share}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-2 overflow-hidden rounded-full bg-line"
      >
        <div className="h-full rounded-full bg-primary" style={{ width: `${share}%` }} />
      </div>
      <p className="flex flex-wrap gap-x-4 text-sm text-muted tabular-nums" aria-live="polite">
        <span className="font-medium text-ink">{t(`state.${job.state}`)}</span>
        <span>{t("done", { done: job.done, total: job.total })}</span>
        {job.kind === "bulk" && <span>{t("changed", { count: job.changed })}</span>}
        {job.skipped > 0 && <span>{t("skipped", { count: job.skipped })}</span>}
        {job.failed > 0 && <span className="text-warning">{t("failed", { count: job.failed })}</span>}
      </p>
    </div>
  );
};

/** One piece of work with what can be done about it now. */
export const JobProgress = ({ jobId }: { jobId: string }) => {
  const t = useTranslations("caseList.job");
  const queryClient = useQueryClient();
  const { data: job } = useQuery(jobQuery(jobId));
  const stop = useStopJob(jobId);
  const isOver = job !== undefined && job.state !== "queued" && job.state !== "running";
  const isBulk = job?.kind === "bulk";
  useEffect(() => {
    if (isOver && isBulk) void queryClient.invalidateQueries({ queryKey: staffCaseKeys.lists });
  }, [isOver, isBulk, queryClient]);
  if (!job) return <Skeleton className="h-12" />;
  return (
    <div className="flex flex-col gap-3">
      <JobBar job={job} />
      {job.kind === "document" && <BatchFiles jobId={jobId} />}
      {job.has_file && (
        <a href={apiUrl(`/cases/jobs/${jobId}/file/`)} download className={buttonStyles({ size: "dense" })}>
          {t("download")}
        </a>
      )}
      {!isOver && (
        <Button
          variant="secondary"
          size="dense"
          busy={stop.isPending}
          onClick={() => stop.mutate()}
          className="self-start"
        >
          {t("stop")}
        </Button>
      )}
    </div>
  );
};
