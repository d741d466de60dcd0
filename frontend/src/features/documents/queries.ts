"use client";

import { queryOptions } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import type { DocumentDetail, DocumentRow } from "@/api/types";
import { api, apiUrl } from "@/lib/api-client";
import { documentPolling } from "@/lib/document-polling";

export const documentKeys = {
  all: ["documents"] as const,
  ofCase: (caseId: string) => [...documentKeys.all, "case", caseId] as const,
  detail: (documentId: string) => [...documentKeys.all, "detail", documentId] as const,
  versions: (documentId: string) => [...documentKeys.all, "versions", documentId] as const,
  comparison: (documentId: string, other: string) =>
    [...documentKeys.all, "comparison", documentId, other] as const,
  package: (documentId: string) => [...documentKeys.all, "package", documentId] as const,
};

type Schemas = components["schemas"];
const LOOK_AGAIN_MS = 2_500;

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
    refetchInterval: ({ state }) =>
      state.data?.archival.state === "preparing"
        ? LOOK_AGAIN_MS
        : documentPolling(state.data ? [state.data] : []),
  });

export const documentFileUrl = (documentId: string, format: "pdf" | "docx" | "sealed" | "pdfa") =>
  apiUrl(`/documents/${documentId}/file/`, { format });

export const versionsQuery = (documentId: string) =>
  queryOptions({
    queryKey: documentKeys.versions(documentId),
    queryFn: ({ signal }) =>
      api.get<Schemas["DocumentVersionList"]>(`/documents/${documentId}/versions/`, { signal }),
  });

export const comparisonQuery = (documentId: string, other: string) =>
  queryOptions({
    queryKey: documentKeys.comparison(documentId, other),
    queryFn: ({ signal }) =>
      api.get<Schemas["DocumentComparison"]>(`/documents/${documentId}/compare/`, {
        query: { other },
        signal,
      }),
  });

export const packageQuery = (documentId: string) =>
  queryOptions({
    queryKey: documentKeys.package(documentId),
    queryFn: ({ signal }) =>
      api.get<Schemas["PackageDetail"]>(`/documents/${documentId}/package/`, { signal }),
    refetchInterval: ({ state }) => (state.data?.status === "preparing" ? LOOK_AGAIN_MS : false),
  });

export const packageFileUrl = (documentId: string, form: "pdf" | "zip" | "proof") =>
  apiUrl(`/documents/${documentId}/package/file/`, { form });
