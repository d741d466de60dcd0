"use client";

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import { api } from "@/lib/api-client";

type Schemas = components["schemas"];
export type TermRow = Schemas["TermRowItem"];
export type TermCounts = Schemas["TermCounts"];
export type TermMonth = Schemas["TermMonth"];

export const STAGES = ["overdue", "today", "soon", "later"] as const;

/** What the list is narrowed to; empty strings are left out of the address. */
export interface TermFilters {
  stage: string;
  bound: string;
  rule: string;
  assignee: string;
  critical: string;
  due: string;
}

export const termKeys = { all: ["staff", "terms"] as const };

export const termsQuery = (filters: TermFilters) =>
  infiniteQueryOptions({
    queryKey: [...termKeys.all, "list", filters],
    queryFn: ({ pageParam, signal }) =>
      api.get<Schemas["TermPage"]>("/deadlines/", {
        query: { ...filters, limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
  });

/** Totals by stage do not depend on the stage that is shown. */
export const termCountsQuery = ({ bound, rule, assignee, critical }: TermFilters) =>
  queryOptions({
    queryKey: [...termKeys.all, "counts", bound, rule, assignee, critical],
    queryFn: ({ signal }) =>
      api.get<TermCounts>("/deadlines/counts/", { query: { bound, rule, assignee, critical }, signal }),
    placeholderData: keepPreviousData,
  });

export const termMonthQuery = (month: string, { bound, rule, assignee, critical }: TermFilters) =>
  queryOptions({
    queryKey: [...termKeys.all, "month", month, bound, rule, assignee, critical],
    queryFn: ({ signal }) =>
      api.get<TermMonth>("/deadlines/month/", { query: { month, bound, rule, assignee, critical }, signal }),
    placeholderData: keepPreviousData,
  });

export const termRulesQuery = queryOptions({
  queryKey: ["law", "rules"],
  queryFn: ({ signal }) => api.get<Schemas["LawRuleList"]>("/law/rules/", { signal }),
  staleTime: 5 * 60_000,
});

export const termManagersQuery = queryOptions({
  queryKey: ["staff", "managers"],
  queryFn: ({ signal }) => api.get<Schemas["ManagerList"]>("/staff/managers/", { signal }),
  staleTime: 5 * 60_000,
});
