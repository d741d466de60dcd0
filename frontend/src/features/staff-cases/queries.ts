"use client";

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import type { DocumentRow, Page, PersonRef, TimelineEntry } from "@/api/types";
import type { SearchPage } from "@/components/case-search/types";
import { api } from "@/lib/api-client";
import { documentPolling } from "@/lib/document-polling";

import type { CaseQuery } from "./filters";
import { EVERYTHING, type HistoryFilters, historyQuery } from "./history-filters";
import type { CaseCounts, StaffCase, StaffCaseRow } from "./types";

const PAGE_SIZE = 40;

export const staffCaseKeys = {
  lists: ["staff", "cases"] as const,
  list: (query: CaseQuery & { column?: string }, text: string) =>
    [...staffCaseKeys.lists, "list", query, text] as const,
  counts: ["staff", "cases", "counts"] as const,
  case: (caseId: string) => ["staff", "case", caseId] as const,
  detail: (caseId: string) => [...staffCaseKeys.case(caseId), "detail"] as const,
  timeline: (caseId: string) => [...staffCaseKeys.case(caseId), "timeline"] as const,
  documents: (caseId: string) => [...staffCaseKeys.case(caseId), "documents"] as const,
};

/** Numbers go as numbers in a body, as text in an address. */
const searchBody = (query: CaseQuery & { column?: string }, text: string, cursor: string) => ({
  ...query,
  urgency: query.urgency.map(Number),
  amount_from: query.amount_from && Number(query.amount_from),
  amount_to: query.amount_to && Number(query.amount_to),
  query: text,
  limit: PAGE_SIZE,
  ...(cursor ? { cursor } : {}),
});

/** The list; words to search for travel in a body, because they may be a name or a number of a person. */
export const caseListQuery = (query: CaseQuery & { column?: string }, text: string) =>
  infiniteQueryOptions({
    queryKey: staffCaseKeys.list(query, text),
    queryFn: ({ pageParam, signal }) =>
      text
        ? api.post<SearchPage<StaffCaseRow>>("/cases/search/", searchBody(query, text, pageParam), { signal })
        : api.get<SearchPage<StaffCaseRow>>("/cases/", {
            query: { ...query, limit: PAGE_SIZE, cursor: pageParam },
            signal,
          }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
  });

export const caseCountsQuery = queryOptions({
  queryKey: staffCaseKeys.counts,
  queryFn: ({ signal }) => api.get<CaseCounts>("/cases/counts/", { signal }),
});

export const staffCaseQuery = (caseId: string) =>
  queryOptions({
    queryKey: staffCaseKeys.detail(caseId),
    queryFn: ({ signal }) => api.get<StaffCase>(`/cases/${caseId}/`, { signal }),
  });

export const staffDocumentsQuery = (caseId: string) =>
  queryOptions({
    queryKey: staffCaseKeys.documents(caseId),
    queryFn: ({ signal }) => api.get<{ items: DocumentRow[] }>(`/cases/${caseId}/documents/`, { signal }),
    refetchInterval: ({ state }) => documentPolling(state.data?.items ?? []),
  });

export const staffTimelineQuery = (caseId: string, filters: HistoryFilters = EVERYTHING) =>
  infiniteQueryOptions({
    queryKey: [...staffCaseKeys.timeline(caseId), filters],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<TimelineEntry>>(`/cases/${caseId}/timeline/`, {
        query: { ...historyQuery(filters), limit: 30, cursor: pageParam },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
  });

export const managersQuery = queryOptions({
  queryKey: ["staff", "managers"],
  queryFn: ({ signal }) => api.get<{ items: PersonRef[] }>("/staff/managers/", { signal }),
  staleTime: 300_000,
});

/** Lenders for a filter: by words, or one by its id to name a filter that came with the address. */
export const creditorOptionsQuery = (words: string) =>
  queryOptions({
    queryKey: ["staff", "creditor-options", words],
    queryFn: ({ signal }) =>
      api.get<Page<{ id: string; name: string }>>("/creditors/", {
        query: { query: words, limit: 8 },
        signal,
      }),
    staleTime: 300_000,
    placeholderData: keepPreviousData,
  });

export const creditorNameQuery = (creditorId: string) =>
  queryOptions({
    queryKey: ["staff", "creditor-name", creditorId],
    queryFn: ({ signal }) => api.get<{ id: string; name: string }>(`/creditors/${creditorId}/`, { signal }),
    staleTime: 300_000,
  });
