"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";
import { isProblem } from "@/lib/problem";

import type { StoryDetail } from "./story";

export const storyKey = (caseId: string) => ["cases", "story", caseId] as const;

export const storyQuery = (caseId: string) =>
  queryOptions({
    queryKey: storyKey(caseId),
    queryFn: ({ signal }) => api.get<StoryDetail>(`/cases/${caseId}/story/`, { signal }),
    // What is being typed over must not change under the hands: a save tells of a newer version.
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

export interface StoryWrite {
  patch: Readonly<Record<string, unknown>>;
  version: number;
}

export const useStorySave = (caseId: string) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ patch, version }: StoryWrite) =>
      api.patch<StoryDetail>(`/cases/${caseId}/story/`, patch, { ifMatch: version }),
    onSuccess: async (story) => {
      queryClient.setQueryData(storyKey(caseId), story);
      await queryClient.invalidateQueries({ queryKey: ["staff", "case", caseId] });
      await queryClient.invalidateQueries({
        queryKey: ["cases"],
        predicate: ({ queryKey }) => queryKey[1] !== "story",
      });
    },
  });
};

export interface Newer {
  version: number;
  current: unknown;
  changed: readonly { field: string; by: string; byBorrower: boolean }[];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** What the server has meanwhile, when that is why it refused; null for every other failure. */
export const newerOf = (error: unknown): Newer | null => {
  if (!isProblem(error) || error.status !== 412) return null;
  const { version, current, changed } = error.extra;
  if (typeof version !== "number") return null;
  const rows = Array.isArray(changed) ? changed.filter(isRecord) : [];
  return {
    version,
    current,
    changed: rows.map((row) => ({
      field: String(row.field),
      by: String(row.by ?? ""),
      byBorrower: row.by_borrower === true,
    })),
  };
};
