"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import type { CaseDetail } from "@/api/types";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

/** The case as it is after a step; whatever else is shown of it is read anew. */
const useKeep = (caseId: string) => {
  const queryClient = useQueryClient();
  return {
    keep: (detail: CaseDetail) => {
      queryClient.setQueryData(["cases", "detail", caseId], detail);
      void queryClient.invalidateQueries({ queryKey: ["cases"] });
    },
    /** A refusal means that the case has changed: the page shows how. */
    readAnew: () => void queryClient.invalidateQueries({ queryKey: ["cases", "detail", caseId] }),
  };
};

/** Gives a file that has come whole. */
export const useAttachPaper = (caseId: string, paperId: string) => {
  const { keep, readAnew } = useKeep(caseId);
  const { mutateAsync } = useMutation({
    mutationFn: (upload: string) =>
      api.put<CaseDetail>(`/cases/${caseId}/papers/${paperId}/file/`, { upload }),
    onSuccess: keep,
    onError: readAnew,
  });
  return mutateAsync;
};

const useStep = <B extends object>(caseId: string, path: string, onDone: () => void) => {
  const { keep, readAnew } = useKeep(caseId);
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: B) =>
      api.post<CaseDetail>(`/cases/${caseId}/${path}/`, body, { idempotencyKey: keyFor(body) }),
    onSuccess: (detail) => {
      renew();
      keep(detail);
      onDone();
    },
    onError: readAnew,
  });
};

export const usePromisePaper = (caseId: string, paperId: string, onDone: () => void) =>
  useStep<{ on: string }>(caseId, `papers/${paperId}/promise`, onDone);

export const useAnswerClosing = (caseId: string, onDone: () => void) =>
  useStep<{ agreed: boolean; reason: string }>(caseId, "closing", onDone);
