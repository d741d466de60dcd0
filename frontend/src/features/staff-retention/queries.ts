"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import { api } from "@/lib/api-client";

export type RetentionRule = components["schemas"]["RetentionRuleItem"];
type RuleList = components["schemas"]["RetentionRuleList"];

export const retentionQuery = queryOptions({
  queryKey: ["staff", "retention"],
  queryFn: ({ signal }) => api.get<RuleList>("/retention-rules/", { signal }),
});

/** `1 095` in every language: browsers without Kazakh would put a comma in. */
export const groupedDays = (days: number): string => String(days).replace(/\B(?=(\d{3})+(?!\d))/g, "\u00a0");

export const useChangeRule = (key: string, onDone: () => void) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { days: number; enabled: boolean }) =>
      api.patch<RetentionRule>(`/retention-rules/${key}/`, body),
    onSuccess: onDone,
    onSettled: () => queryClient.invalidateQueries({ queryKey: retentionQuery.queryKey }),
  });
};
