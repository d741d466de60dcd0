"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import type { DocumentDetail } from "@/api/types";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { documentKeys } from "./queries";

type Draft = components["schemas"]["DraftDetail"];
export type PackageDetail = components["schemas"]["PackageDetail"];

const useRefresh = () => {
  const queryClient = useQueryClient();
  return () => {
    for (const part of ["documents", "document-interview", "cases", "staff"]) {
      void queryClient.invalidateQueries({ queryKey: [part] });
    }
  };
};

/** Opens the answers of a document for a new version. */
export const useRevise = (documentId: string, onOpened: (draft: Draft) => void) => {
  const refresh = useRefresh();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (reason: string) =>
      api.post<Draft>(`/documents/${documentId}/revise/`, { reason }, { idempotencyKey: keyFor({ reason }) }),
    onSuccess: (draft) => {
      renew();
      refresh();
      onOpened(draft);
    },
  });
};

export const useVoid = (documentId: string, onDone: () => void) => {
  const refresh = useRefresh();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (reason: string) =>
      api.post<DocumentDetail>(
        `/documents/${documentId}/void/`,
        { reason },
        { idempotencyKey: keyFor({ reason }) },
      ),
    onSuccess: () => {
      renew();
      refresh();
      onDone();
    },
  });
};

export const useMakeArchival = (documentId: string) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<DocumentDetail>(`/documents/${documentId}/pdfa/`),
    onSuccess: (document) => queryClient.setQueryData(documentKeys.detail(documentId), document),
  });
};

export const useChoosePapers = (documentId: string, onDone: () => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: { papers: readonly string[]; version: number }) =>
      api.post<PackageDetail>(`/documents/${documentId}/package/`, body, { idempotencyKey: keyFor(body) }),
    onSuccess: (made) => {
      renew();
      queryClient.setQueryData(documentKeys.package(documentId), made);
      onDone();
    },
    onError: () => queryClient.invalidateQueries({ queryKey: documentKeys.package(documentId) }),
  });
};
