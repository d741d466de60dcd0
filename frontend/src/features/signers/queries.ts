"use client";

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import type { MySignature, SigningRound } from "@/api/signing";
import type { Page } from "@/api/types";
import { api } from "@/lib/api-client";

export const signersKeys = {
  // Under the same root as the signing screen: an answer there changes what stands here.
  all: ["signing"] as const,
  round: (documentId: string) => [...signersKeys.all, "round", documentId] as const,
  mine: () => [...signersKeys.all, "mine"] as const,
};

export const roundQuery = (documentId: string) =>
  queryOptions({
    queryKey: signersKeys.round(documentId),
    queryFn: ({ signal }) => api.get<SigningRound>(`/documents/${documentId}/signing/`, { signal }),
  });

/** What waits for this person's answer, the newest first. */
export const mySignaturesQuery = infiniteQueryOptions({
  queryKey: signersKeys.mine(),
  queryFn: ({ signal, pageParam }) =>
    api.get<Page<MySignature>>("/signature-requests/", {
      query: { state: "waiting", cursor: pageParam, limit: 20 },
      signal,
    }),
  initialPageParam: "",
  getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
});
