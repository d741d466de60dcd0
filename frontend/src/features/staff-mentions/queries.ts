"use client";

import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import type { Page } from "@/api/types";
import { api } from "@/lib/api-client";

export type Mention = components["schemas"]["MentionItem"];

/** The first part is also the key of the number in the rail. */
const ALL = ["mentions"] as const;

export const mentionsQuery = infiniteQueryOptions({
  queryKey: [...ALL, "list"],
  queryFn: ({ pageParam, signal }) =>
    api.get<Page<Mention>>("/me/mentions/", { query: { limit: 25, cursor: pageParam }, signal }),
  initialPageParam: "",
  getNextPageParam: (last) => last.next_cursor,
});

export const useMarkSeen = () => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly string[]) => api.post<{ unseen: number }>("/me/mentions/seen/", { ids }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ALL }),
  });
};
