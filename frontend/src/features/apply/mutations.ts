"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import type { CaseDetail, CodeSent, Consent, ConsentKind, ConsentText } from "@/api/types";
import { api } from "@/lib/api-client";
import { hasCode } from "@/lib/problem";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { forgetOnDevice } from "./device-draft";
import type { Draft } from "./draft";
import { consentsKey } from "./queries";
import { toSubmission } from "./submission";

export const saveDraft = (caseId: string, step: string, draft: Draft) =>
  api.put<{ saved_at: string }>(`/cases/${caseId}/draft/`, { step, data: draft });

interface AcceptConsent {
  text: ConsentText;
  code?: string;
}

export const useAcceptConsents = () => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (wanted: readonly AcceptConsent[]) => {
      for (const { text, code } of wanted) {
        const body = {
          kind: text.kind,
          version: text.version,
          sha256: text.sha256,
          ...(code ? { code } : {}),
        };
        await api.post<Consent>("/consents/", body);
      }
    },
    onSettled: (_data, error) =>
      queryClient.invalidateQueries({
        // The text changed meanwhile: the new one has to be read before it is accepted.
        queryKey: hasCode(error, "consent.text_changed") ? ["apply"] : consentsKey,
        predicate: (query) => query.queryKey[1] !== "draft",
      }),
  });
};

export const useSendConsentCode = () =>
  useMutation({
    mutationFn: (kind: ConsentKind) => api.post<CodeSent>("/consents/code/", { kind }),
  });

export const useSubmitCase = (caseId: string, onDone: (detail: CaseDetail) => void) => {
  const queryClient = useQueryClient();
  const { keyFor } = useIdempotencyKey();
  return useMutation({
    mutationFn: (draft: Draft) => {
      const body = toSubmission(draft);
      return api.post<CaseDetail>(`/cases/${caseId}/submit/`, body, { idempotencyKey: keyFor(body) });
    },
    onSuccess: (detail) => {
      forgetOnDevice(caseId);
      void queryClient.invalidateQueries({ queryKey: ["cases"] });
      onDone(detail);
    },
  });
};
