"use client";

import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import type { Page } from "@/api/types";
import type { CaseSearchRow } from "@/components/case-search/types";
import { api } from "@/lib/api-client";

const SHOWN = 6;

/** A few cases by number, name, contract or phone; the words travel in a body, never in an address. */
export const foundCasesQuery = (words: string) =>
  queryOptions({
    queryKey: ["palette", "cases", words],
    queryFn: ({ signal }) =>
      api.post<Page<CaseSearchRow>>("/cases/search/", { query: words, limit: SHOWN }, { signal }),
    enabled: words.length >= 2,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    gcTime: 60_000,
  });

/** Saved views of this person, to open by name. */
export const savedViewsQuery = queryOptions({
  queryKey: ["staff", "case-views"],
  queryFn: ({ signal }) => api.get<components["schemas"]["CaseViewList"]>("/cases/views/", { signal }),
  staleTime: 60_000,
});
