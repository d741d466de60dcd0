"use client";

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import type { CaseDetail, CaseRow, Page, TimelineEntry } from "@/api/types";
import { api } from "@/lib/api-client";

export const caseKeys = {
  all: ["cases"] as const,
  list: () => [...caseKeys.all, "list"] as const,
  detail: (caseId: string) => [...caseKeys.all, "detail", caseId] as const,
  timeline: (caseId: string) => [...caseKeys.all, "timeline", caseId] as const,
};

const firstPage = (): string | null => null;

export const ownCasesQuery = infiniteQueryOptions({
  queryKey: caseKeys.list(),
  queryFn: ({ signal, pageParam }) =>
    api.get<Page<CaseRow>>("/cases/", { query: { limit: 20, cursor: pageParam }, signal }),
  initialPageParam: firstPage(),
  getNextPageParam: (page) => page.next_cursor,
});

export const caseDetailQuery = (caseId: string) =>
  queryOptions({
    queryKey: caseKeys.detail(caseId),
    queryFn: ({ signal }) => api.get<CaseDetail>(`/cases/${caseId}/`, { signal }),
  });

export const timelineQuery = (caseId: string) =>
  infiniteQueryOptions({
    queryKey: caseKeys.timeline(caseId),
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<TimelineEntry>>(`/cases/${caseId}/timeline/`, {
        query: { limit: 30, cursor: pageParam },
        signal,
      }),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next_cursor,
  });
