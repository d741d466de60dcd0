"use client";

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import type { Page } from "@/api/types";
import { api } from "@/lib/api-client";

import type { Claim, MergePreview } from "./types";

export const duplicateKeys = { all: ["staff", "duplicates"] as const };

export const claimsQuery = infiniteQueryOptions({
  queryKey: [...duplicateKeys.all, "list"],
  queryFn: ({ pageParam, signal }) =>
    api.get<Page<Claim>>("/people/duplicates/", { query: { limit: 40, cursor: pageParam }, signal }),
  initialPageParam: "",
  getNextPageParam: (last) => last.next_cursor,
});

/** What would move to the account that stays. */
export const previewQuery = (claimId: string, keep: string) =>
  queryOptions({
    queryKey: [...duplicateKeys.all, "preview", claimId, keep],
    queryFn: ({ signal }) =>
      api.get<MergePreview>(`/people/duplicates/${claimId}/preview/`, { query: { keep }, signal }),
    placeholderData: keepPreviousData,
  });
