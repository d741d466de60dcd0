"use client";

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import type { Page } from "@/api/types";
import { api } from "@/lib/api-client";
import { useKeyedWrite } from "@/lib/use-keyed-write";

import type { CalendarYear, Impact, IndexList, LawChange, Rule, RuleList } from "./types";

export const lawKeys = {
  all: ["law"] as const,
  changes: ["law", "changes"] as const,
  change: (id: string) => ["law", "changes", "one", id] as const,
};

export const rulesQuery = queryOptions({
  queryKey: [...lawKeys.all, "rules"],
  queryFn: ({ signal }) => api.get<RuleList>("/law/rules/", { signal }),
});

export const ruleQuery = (key: string) =>
  queryOptions({
    queryKey: [...lawKeys.all, "rules", key],
    queryFn: ({ signal }) => api.get<Rule>(`/law/rules/${key}/`, { signal }),
  });

export const calendarQuery = (year: number) =>
  queryOptions({
    queryKey: [...lawKeys.all, "calendar", year],
    queryFn: ({ signal }) => api.get<CalendarYear>("/law/calendar/", { query: { year }, signal }),
    placeholderData: keepPreviousData,
  });

export const indicesQuery = queryOptions({
  queryKey: [...lawKeys.all, "indices"],
  queryFn: ({ signal }) => api.get<IndexList>("/law/indices/", { signal }),
});

export const changesQuery = (ruleKey = "") =>
  infiniteQueryOptions({
    queryKey: [...lawKeys.changes, "list", ruleKey],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<LawChange>>("/law/changes/", {
        query: { limit: 30, cursor: pageParam, rule_key: ruleKey },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
  });

export const changeQuery = (id: string) =>
  queryOptions({
    queryKey: lawKeys.change(id),
    queryFn: ({ signal }) => api.get<LawChange>(`/law/changes/${id}/`, { signal }),
  });

const COUNTING_MS = 2_000;

/** What the proposal does; while the count after the switch runs it is asked for again. */
export const impactQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: [...lawKeys.change(id), "impact", version],
    queryFn: ({ signal }) => api.get<Impact>(`/law/changes/${id}/impact/`, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.applied && !state.data.recount?.finished_at ? COUNTING_MS : false,
  });

export interface ChangeInput {
  kind: LawChange["kind"];
  rule_key: string;
  content: Record<string, unknown>;
  reason: string;
  switch_on?: string;
}

const useWrite = <T, R>(request: (input: T, key: string) => Promise<R>, onDone: (answer: R) => void) =>
  useKeyedWrite(request, { stale: lawKeys.all, onDone });

export const usePropose = (onDone: (made: LawChange) => void) =>
  useWrite(
    (input: ChangeInput, idempotencyKey) => api.post<LawChange>("/law/changes/", input, { idempotencyKey }),
    onDone,
  );

export interface Revision {
  content: Record<string, unknown>;
  reason: string;
  switch_on?: string;
}

/** Other words for a proposal that nobody has approved; `version` is the one that was on the screen when the editing began. */
export const useRevise = (changeId: string, version: number, onDone: () => void) =>
  useWrite(
    (revision: Revision) => api.patch<LawChange>(`/law/changes/${changeId}/`, { version, ...revision }),
    onDone,
  );

export type ChangeStep = "submit" | "approve" | "reject" | "withdraw";

export const useChangeStep = (change: LawChange, step: ChangeStep, onDone: () => void) =>
  useWrite(
    (said: { note?: string }, idempotencyKey) =>
      api.post<LawChange>(
        `/law/changes/${change.id}/${step}/`,
        { version: change.version, ...said },
        { idempotencyKey },
      ),
    onDone,
  );
