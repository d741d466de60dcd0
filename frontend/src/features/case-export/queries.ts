"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

export type CaseExport = components["schemas"]["CaseExportItem"];
export type ExportKind = components["schemas"]["CaseExportKindCode"];

const LOOK_AGAIN = 2000;
const isInWork = (row: CaseExport) => row.status === "queued" || row.status === "running";

export const exportsQuery = (caseId: string) =>
  queryOptions({
    queryKey: ["case-exports", caseId],
    queryFn: ({ signal }) => api.get<{ items: CaseExport[] }>(`/cases/${caseId}/exports/`, { signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(isInWork) ? LOOK_AGAIN : false),
  });

export const useRequestExport = (caseId: string) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: { kind: ExportKind; language: string }) =>
      api.post<CaseExport>(`/cases/${caseId}/exports/`, body, { idempotencyKey: keyFor(body) }),
    onSuccess: renew,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["case-exports", caseId] }),
  });
};
