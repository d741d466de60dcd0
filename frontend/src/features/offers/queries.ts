"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import type { OfferTermsInput } from "@/components/offers/types";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

export type CaseAnswersPage = components["schemas"]["CaseAnswersPage"];
export type CaseAnswers = components["schemas"]["CaseAnswers"];
export type RequestedPaper = components["schemas"]["RequestedPaperRow"];
type OfferPreview = components["schemas"]["OfferPreview"];

export const answerKeys = { case: (caseId: string) => ["cases", "answers", caseId] as const };

export const caseAnswersQuery = (caseId: string) =>
  queryOptions({
    queryKey: answerKeys.case(caseId),
    queryFn: ({ signal }) => api.get<CaseAnswersPage>(`/cases/${caseId}/answers/`, { signal }),
  });

/** The page as it is after a step; the case itself has moved too. */
const useKeep = (caseId: string) => {
  const queryClient = useQueryClient();
  return (page: CaseAnswersPage) => {
    queryClient.setQueryData(answerKeys.case(caseId), page);
    void queryClient.invalidateQueries({ queryKey: ["cases"] });
  };
};

export interface ReplyBody {
  kind: "accept" | "counter" | "decline";
  words: string;
  terms: OfferTermsInput | null;
}

export const useReply = (caseId: string, answerId: string, onDone: () => void) => {
  const keep = useKeep(caseId);
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: ReplyBody) =>
      api.post<CaseAnswersPage>(`/cases/${caseId}/answers/${answerId}/reply/`, body, {
        idempotencyKey: keyFor(body),
      }),
    onSuccess: (page) => {
      renew();
      keep(page);
      onDone();
    },
    onError: () => void queryClient.invalidateQueries({ queryKey: answerKeys.case(caseId) }),
  });
};

export const useTermsPreview = (caseId: string, answerId: string) =>
  useMutation({
    mutationFn: (terms: OfferTermsInput) =>
      api.post<OfferPreview>(`/cases/${caseId}/answers/${answerId}/preview/`, terms),
  });

export const useAttachPaper = (caseId: string, paperId: string) => {
  const keep = useKeep(caseId);
  return useMutation({
    mutationFn: (upload: string) =>
      api.put<CaseAnswersPage>(`/cases/${caseId}/answer-papers/${paperId}/file/`, { upload }),
    onSuccess: keep,
  });
};

export const useExcusePaper = (caseId: string, paperId: string, onDone: () => void) => {
  const keep = useKeep(caseId);
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (words: string) =>
      api.post<CaseAnswersPage>(
        `/cases/${caseId}/answer-papers/${paperId}/excuse/`,
        { words },
        {
          idempotencyKey: keyFor({ words }),
        },
      ),
    onSuccess: (page) => {
      renew();
      keep(page);
      onDone();
    },
  });
};

export const useHandOver = (caseId: string, answerId: string) => {
  const keep = useKeep(caseId);
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: () =>
      api.post<CaseAnswersPage>(`/cases/${caseId}/answers/${answerId}/papers/`, undefined, {
        idempotencyKey: keyFor({ answerId }),
      }),
    onSuccess: (page) => {
      renew();
      keep(page);
    },
  });
};
