"use client";

import { queryOptions } from "@tanstack/react-query";

import type { DocumentDetail, DocumentRow } from "@/api/types";
import { api, apiUrl } from "@/lib/api-client";
import { documentPolling } from "@/lib/document-polling";

export const documentKeys = {
  all: ["documents"] as const,
  ofCase: (caseId: string) => [...documentKeys.all, "case", caseId] as const,
  detail: (documentId: string) => [...documentKeys.all, "detail", documentId] as const,
};

export const caseDocumentsQuery = (caseId: string) =>
  queryOptions({
    queryKey: documentKeys.ofCase(caseId),
    queryFn: ({ signal }) => api.get<{ items: DocumentRow[] }>(`/cases/${caseId}/documents/`, { signal }),
    refetchInterval: ({ state }) => documentPolling(state.data?.items ?? []),
  });

export const documentQuery = (documentId: string) =>
  queryOptions({
    queryKey: documentKeys.detail(documentId),
    queryFn: ({ signal }) => api.get<DocumentDetail>(`/documents/${documentId}/`, { signal }),
    refetchInterval: ({ state }) => documentPolling(state.data ? [state.data] : []),
  });

export const documentFileUrl = (documentId: string, format: "pdf" | "docx" | "sealed") =>
  apiUrl(`/documents/${documentId}/file/`, { format });
