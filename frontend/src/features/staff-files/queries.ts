"use client";

import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import type { Page } from "@/api/types";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

export type BlockedFile = components["schemas"]["BlockedFile"];

const CHECK_AGAIN = 4_000;

export const blockedFilesQuery = infiniteQueryOptions({
  queryKey: ["staff", "blocked-files"],
  queryFn: ({ pageParam, signal }) =>
    api.get<Page<BlockedFile>>("/staff/files/blocked/", { query: { limit: 20, cursor: pageParam }, signal }),
  initialPageParam: "",
  getNextPageParam: (last) => last.next_cursor,
  // A file that is being checked again is followed until the verdict.
  refetchInterval: ({ state }) =>
    state.data?.pages.some(({ items }) => items.some((file) => file.state === "checking"))
      ? CHECK_AGAIN
      : false,
});

const useRefresh = () => {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: blockedFilesQuery.queryKey });
};

export const useScanAgain = () => {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (fileId: string) => api.post<BlockedFile>(`/staff/files/${fileId}/scan-again/`),
    onSettled: refresh,
  });
};

export const useRelease = (fileId: string, onDone: () => void) => {
  const refresh = useRefresh();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (reason: string) =>
      api.post<BlockedFile>(
        `/staff/files/${fileId}/release/`,
        { reason },
        { idempotencyKey: keyFor({ reason }) },
      ),
    onSuccess: () => {
      renew();
      onDone();
    },
    onSettled: refresh,
  });
};
