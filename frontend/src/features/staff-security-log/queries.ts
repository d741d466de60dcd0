"use client";

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import type { Page } from "@/api/types";
import { api } from "@/lib/api-client";

import type { LogFilters } from "./filters";
import { toApiQuery } from "./filters";

export type LogEntry = components["schemas"]["SecurityLogEntry"];
type LogTypes = components["schemas"]["SecurityLogTypes"];

export const securityLogQuery = (filters: LogFilters) =>
  infiniteQueryOptions({
    queryKey: ["staff", "security-log", "list", filters],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<LogEntry>>("/security-log/", {
        query: { ...toApiQuery(filters), limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
  });

export const logTypesQuery = queryOptions({
  queryKey: ["staff", "security-log", "types"],
  queryFn: ({ signal }) => api.get<LogTypes>("/security-log/types/", { signal }),
  staleTime: 300_000,
});
