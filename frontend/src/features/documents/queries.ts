"use client";

import { queryOptions } from "@tanstack/react-query";

import type { DocumentDetail, DocumentRow } from "@/api/types";
import { api, apiUrl } from "@/lib/api-client";

export const documentKeys = {
  all: ["documents"] as const,
  ofCase: (caseId: string) => [...documentKeys.all, "case", caseId] as const,
  detail: (documentId: string) => [...documentKeys.all, "detail", documentId] as const,
};

const PREPARING_POLL_MS = 3_000;

/** A letter in the making is asked for again by itself: the page must not stand still if a hint is lost. */
const pollWhilePreparing = (isPreparing: boolean) => (isPreparing ? PREPARING_POLL_MS : false);

export const caseDocumentsQuery = (caseId: string) =>
  queryOptions({
    queryKey: documentKeys.ofCase(caseId),
    queryFn: ({ signal }) => api.get<{ items: DocumentRow[] }>(`/cases/${caseId}/documents/`, { signal }),
    refetchInterval: ({ state }) =>
      pollWhilePreparing(state.data?.items.some((row) => row.status === "preparing") ?? false),
  });

export const documentQuery = (documentId: string) =>
  queryOptions({
    queryKey: documentKeys.detail(documentId),
    queryFn: ({ signal }) => api.get<DocumentDetail>(`/documents/${documentId}/`, { signal }),
    refetchInterval: ({ state }) => pollWhilePreparing(state.data?.status === "preparing"),
  });

export const documentFileUrl = (documentId: string, format: "pdf" | "docx" | "sealed") =>
  apiUrl(`/documents/${documentId}/file/`, { format });
