"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import type { CaseDetail } from "@/api/types";
import { api } from "@/lib/api-client";
import { uploadFile } from "@/lib/upload";
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

/** Gives the file; `sent` is the share of it that has left this device, 0 to 100. */
export const useAttachPaper = (caseId: string, paperId: string) => {
  const { keep, readAnew } = useKeep(caseId);
  const [sent, setSent] = useState(0);
  const attach = useMutation({
    mutationFn: (file: File) => {
      setSent(0);
      return uploadFile<CaseDetail>(`/cases/${caseId}/papers/${paperId}/file/`, file, {
        method: "PUT",
        onProgress: setSent,
      });
    },
    onSuccess: keep,
    onError: readAnew,
  });
  return { attach, sent };
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
