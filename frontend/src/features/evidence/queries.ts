"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { EvidencePackage } from "@/api/signing";
import { api } from "@/lib/api-client";
import { isProblem } from "@/lib/problem";

const LOOK_AGAIN_MS = 2_000;

export const evidenceKey = (documentId: string) => ["evidence", documentId] as const;

/** The package of a document; null while nobody has ordered one. */
export const evidenceQuery = (documentId: string) =>
  queryOptions({
    queryKey: evidenceKey(documentId),
    queryFn: async ({ signal }) => {
      try {
        return await api.get<EvidencePackage>(`/documents/${documentId}/evidence/`, { signal });
      } catch (error) {
        if (isProblem(error) && error.status === 404) return null;
        throw error;
      }
    },
    refetchInterval: ({ state }) => (state.data?.state === "preparing" ? LOOK_AGAIN_MS : false),
  });

export const useOrderEvidence = (documentId: string) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<EvidencePackage>(`/documents/${documentId}/evidence/`),
    onSuccess: (made) => queryClient.setQueryData(evidenceKey(documentId), made),
  });
};
