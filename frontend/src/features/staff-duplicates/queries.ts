"use client";

import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api } from "@/lib/api-client";

import type { Claim, MergePreview } from "./types";

export const duplicateKeys = { all: ["staff", "duplicates"] as const };

export const claimsQuery = queryOptions({
  queryKey: [...duplicateKeys.all, "list"],
  queryFn: ({ signal }) => api.get<{ items: Claim[] }>("/people/duplicates/", { signal }),
});

/** What would move to the account that stays. */
export const previewQuery = (claimId: string, keep: string) =>
  queryOptions({
    queryKey: [...duplicateKeys.all, "preview", claimId, keep],
    queryFn: ({ signal }) =>
      api.get<MergePreview>(`/people/duplicates/${claimId}/preview/`, { query: { keep }, signal }),
    placeholderData: keepPreviousData,
  });
