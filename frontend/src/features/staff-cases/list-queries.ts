"use client";

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import type { Page } from "@/api/types";
import { api } from "@/lib/api-client";

import { type CaseFilters, toBody } from "./filters";
import { staffCaseKeys } from "./queries";
import type { CaseTotals, ListChoices, ListJob, ListJobRow, ViewHead } from "./types";

export const listKeys = {
  head: ["staff", "case-views"] as const,
  choices: ["staff", "case-choices"] as const,
  jobs: ["staff", "list-jobs"] as const,
  job: (jobId: string) => [...listKeys.jobs, jobId] as const,
};

/** Filters of the list without their order, as the body of a request. */
export const narrowing = (filters: CaseFilters, text: string): Record<string, unknown> => {
  const rest = Object.entries(toBody(filters)).filter(([name]) => name !== "sort");
  return Object.fromEntries(text ? [...rest, ["query", text]] : rest);
};

export const totalsQuery = (filters: CaseFilters, text: string) =>
  queryOptions({
    queryKey: [...staffCaseKeys.lists, "totals", narrowing(filters, text)],
    queryFn: ({ signal }) => api.post<CaseTotals>("/cases/totals/", narrowing(filters, text), { signal }),
    placeholderData: keepPreviousData,
  });

/** Saved views, one's settings of the list and what may be shared. */
export const viewHeadQuery = queryOptions({
  queryKey: listKeys.head,
  queryFn: ({ signal }) => api.get<ViewHead>("/cases/views/", { signal }),
  staleTime: 60_000,
});

export const choicesQuery = queryOptions({
  queryKey: listKeys.choices,
  queryFn: ({ signal }) => api.get<ListChoices>("/cases/choices/", { signal }),
  staleTime: 300_000,
});

const isWorking = (job: ListJob | undefined) => job?.state === "queued" || job?.state === "running";
const LOOK_AGAIN_MS = 1_000;

export const jobQuery = (jobId: string) =>
  queryOptions({
    queryKey: listKeys.job(jobId),
    queryFn: ({ signal }) => api.get<ListJob>(`/cases/jobs/${jobId}/`, { signal }),
    refetchInterval: ({ state }) => (isWorking(state.data) || !state.data ? LOOK_AGAIN_MS : false),
  });

export const jobsQuery = infiniteQueryOptions({
  queryKey: [...listKeys.jobs, "all"],
  queryFn: ({ pageParam, signal }) =>
    api.get<Page<ListJob>>("/cases/jobs/", { query: { limit: 30, cursor: pageParam }, signal }),
  initialPageParam: "",
  getNextPageParam: (last) => last.next_cursor,
  refetchInterval: ({ state }) =>
    state.data?.pages.some((page) => page.items.some(isWorking)) ? LOOK_AGAIN_MS : false,
});

/** Rows as they stand; read anew with every step that the work has made since. */
export const jobRowsQuery = (jobId: string, rowState: string, job: ListJob | undefined) =>
  infiniteQueryOptions({
    queryKey: [...listKeys.job(jobId), "rows", rowState, job?.state, job?.done],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<ListJobRow>>(`/cases/jobs/${jobId}/rows/`, {
        query: { limit: 100, cursor: pageParam, state: rowState || undefined },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
  });
