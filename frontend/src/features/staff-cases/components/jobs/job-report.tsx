"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { ProblemState } from "@/components/state-panels";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { Link } from "@/lib/i18n/navigation";

import { jobQuery, jobRowsQuery } from "../../list-queries";
import type { ListJobRow } from "../../types";
import { JobProgress } from "./job-progress";

const STATES = ["", "changed", "skipped", "failed", "pending"] as const;
const TONES: Record<ListJobRow["state"], BadgeTone> = {
  changed: "success",
  skipped: "neutral",
  failed: "warning",
  pending: "info",
};

const ReportRow = ({ row, isImport }: { row: ListJobRow; isImport: boolean }) => {
  const t = useTranslations("caseList.job");
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b border-line px-4 py-2">
      <span className="w-10 text-right text-muted tabular-nums">{row.position + 1}</span>
      <span className="min-w-48 flex-1">
        {row.case_id ? (
          <Link
            href={`/staff/cases/${row.case_id}`}
            prefetch={false}
            className="font-medium text-primary hover:underline"
          >
            {row.number}
          </Link>
        ) : (
          <span className="text-muted">{t(isImport ? "notMade" : "noCase")}</span>
        )}{" "}
        {row.borrower_name}
      </span>
      <Badge tone={TONES[row.state]} className="text-xs">
        {t(`row.${row.state}`)}
      </Badge>
      <span className="w-full text-muted sm:w-1/3">{row.detail}</span>
    </li>
  );
};

/** What became of each row of one piece of work. */
export const JobReport = ({ jobId }: { jobId: string }) => {
  const t = useTranslations("caseList.job");
  const [state, setState] = useState<(typeof STATES)[number]>("");
  const { data: job, error, refetch } = useQuery(jobQuery(jobId));
  const rows = useInfiniteQuery({
    ...jobRowsQuery(jobId, state, job),
    placeholderData: keepPreviousData,
    enabled: job !== undefined,
  });
  if (error && !job) {
    return (
      <div className="p-6">
        <ProblemState error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  const shown = rows.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="flex flex-col">
      <header className="flex flex-col gap-2 border-b border-line bg-surface px-4 py-3">
        <Link href="/staff/cases/jobs" className="self-start text-primary hover:underline">
          {t("title")}
        </Link>
        <h1 className="text-lg font-semibold">{job ? t(`kind.${job.kind}`) : t("title")}</h1>
        <JobProgress jobId={jobId} />
        {job && job.kind !== "export" && (
          <div className="flex flex-wrap gap-1" role="group" aria-label={t("filter")}>
            {STATES.map((code) => (
              <button
                key={code}
                type="button"
                aria-pressed={code === state}
                onClick={() => setState(code)}
                className={cn(
                  "min-h-11 rounded-field px-3 font-medium hover:bg-primary-soft sm:min-h-9",
                  code === state && "bg-primary-soft text-primary",
                )}
              >
                {code ? t(`row.${code}`) : t("all")}
              </button>
            ))}
          </div>
        )}
      </header>
      <ul className="bg-surface">
        {shown.map((row) => (
          <ReportRow key={row.position} row={row} isImport={job?.kind === "import"} />
        ))}
      </ul>
      {rows.hasNextPage && (
        <Button
          variant="secondary"
          size="dense"
          busy={rows.isFetchingNextPage}
          onClick={() => void rows.fetchNextPage()}
          className="m-4 self-center"
        >
          {t("more")}
        </Button>
      )}
    </div>
  );
};
