"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { ProblemState } from "@/components/state-panels";
import { Skeleton } from "@/components/ui/skeleton";

import { importErrorsQuery } from "../queries";

/** What is wrong, row by row and cell by cell, in the words of the form. Row numbers are those of the file. */
export const ImportErrors = ({ jobId }: { jobId: string }) => {
  const t = useTranslations("caseImport");
  const { data, error, refetch } = useQuery(importErrorsQuery(jobId));
  if (error && !data) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-32" />;
  return (
    <ol
      aria-label={t("errors")}
      className="flex flex-col divide-y divide-line rounded-card border border-line bg-surface"
    >
      {data.items.map((row) => (
        <li key={row.position} className="flex flex-col gap-1 px-4 py-2 sm:flex-row sm:gap-4">
          <span className="w-28 shrink-0 font-medium">{t("row", { row: row.position + 1 })}</span>
          <ul className="flex flex-col gap-0.5 text-danger">
            {row.detail.split("\n").map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
};
