"use client";

import { queryOptions } from "@tanstack/react-query";

import { api } from "@/lib/api-client";

import type { DraftDetail, DraftRow, KindRow } from "./types";

export const interviewKeys = {
  all: ["document-interview"] as const,
  kinds: (caseId: string) => [...interviewKeys.all, "kinds", caseId] as const,
  open: (caseId: string) => [...interviewKeys.all, "open", caseId] as const,
  draft: (draftId: string) => [...interviewKeys.all, "draft", draftId] as const,
};

export const kindsQuery = (caseId: string) =>
  queryOptions({
    queryKey: interviewKeys.kinds(caseId),
    queryFn: ({ signal }) => api.get<{ items: KindRow[] }>(`/cases/${caseId}/document-kinds/`, { signal }),
  });

export const openDraftsQuery = (caseId: string) =>
  queryOptions({
    queryKey: interviewKeys.open(caseId),
    queryFn: ({ signal }) => api.get<{ items: DraftRow[] }>(`/cases/${caseId}/document-drafts/`, { signal }),
  });

export const draftQuery = (draftId: string) =>
  queryOptions({
    queryKey: interviewKeys.draft(draftId),
    queryFn: ({ signal }) => api.get<DraftDetail>(`/document-drafts/${draftId}/`, { signal }),
  });
