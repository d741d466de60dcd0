"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";
import { hasCode } from "@/lib/problem";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { interviewKeys } from "./queries";
import type { AnswerValue } from "./typed";
import type { DocumentDetail, DraftDetail, SetItem } from "./types";

export const CHANGED_MEANWHILE = "document_draft.changed_meanwhile";

interface Beginning {
  code: string;
  obligation_id: string | null;
}

export const useBegin = (caseId: string, onBegun: (draft: DraftDetail) => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: Beginning) =>
      api.post<DraftDetail>(`/cases/${caseId}/document-drafts/`, body, { idempotencyKey: keyFor(body) }),
    onSuccess: (draft) => {
      renew();
      queryClient.setQueryData(interviewKeys.draft(draft.id), draft);
      void queryClient.invalidateQueries({ queryKey: interviewKeys.open(caseId) });
      onBegun(draft);
    },
  });
};

/** One answer; `version` is the one that was on the screen when the question was opened. */
export const useAnswer = (draftId: string) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ version, code, value }: { version: number; code: string; value: AnswerValue }) =>
      api.patch<DraftDetail>(`/document-drafts/${draftId}/`, { version, answers: { [code]: value } }),
    onSuccess: (draft) => queryClient.setQueryData(interviewKeys.draft(draftId), draft),
    // The present answers are shown beside what was typed, which stays.
    onError: (error) =>
      hasCode(error, CHANGED_MEANWHILE)
        ? queryClient.invalidateQueries({ queryKey: interviewKeys.draft(draftId) })
        : undefined,
  });
};

const useRefresh = () => {
  const queryClient = useQueryClient();
  return () => {
    for (const part of ["documents", "cases", "staff"]) {
      void queryClient.invalidateQueries({ queryKey: [part] });
    }
    void queryClient.invalidateQueries({ queryKey: interviewKeys.all });
  };
};

/** Prepares everything that the running procedures begin with. */
export const usePrepareSet = (caseId: string) => {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => api.post<{ items: SetItem[] }>(`/cases/${caseId}/document-set/`, {}),
    onSuccess: () => refresh(),
  });
};

export const useDiscard = (draftId: string, onDone: () => void) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete<undefined>(`/document-drafts/${draftId}/`),
    onSuccess: () => {
      onDone();
      queryClient.removeQueries({ queryKey: interviewKeys.draft(draftId) });
      void queryClient.invalidateQueries({ queryKey: interviewKeys.all });
    },
  });
};

export const useGenerate = (draftId: string, onMade: (document: DocumentDetail) => void) => {
  const queryClient = useQueryClient();
  const refresh = useRefresh();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (version: number) =>
      api.post<DocumentDetail>(`/document-drafts/${draftId}/generate/`, undefined, {
        idempotencyKey: keyFor({ version }),
      }),
    onSuccess: (document) => {
      onMade(document);
      refresh();
    },
    onError: () => {
      // What was missing may be given meanwhile: the next press is another request.
      renew();
      void queryClient.invalidateQueries({ queryKey: interviewKeys.draft(draftId) });
    },
  });
};
