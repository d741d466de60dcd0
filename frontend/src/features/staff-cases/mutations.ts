"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";
import { hasCode } from "@/lib/problem";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { staffCaseKeys } from "./queries";
import type { StaffCase } from "./types";

export interface CaseMove {
  action: string;
  reason?: string;
  outcome?: string;
  resume_on?: string;
  track_kinds?: readonly string[];
  papers?: readonly string[];
  papers_due_on?: string;
}

export interface CaseFactInput {
  kind: string;
  date: string;
  text: string;
  obligation_id: string | null;
}

/** The same step made twice by an impatient press, or by a colleague a moment ago, is no failure. */
const DONE_BEFORE = ["case.already_done", "case.track_already_done", "case.paper_accepted"];

const useRefresh = (caseId: string) => {
  const queryClient = useQueryClient();
  return {
    refresh: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: staffCaseKeys.case(caseId) }),
        queryClient.invalidateQueries({ queryKey: staffCaseKeys.lists }),
      ]),
    keep: (detail: StaffCase) => queryClient.setQueryData(staffCaseKeys.detail(caseId), detail),
  };
};

/** One write to a case that answers with the whole case. The key stays the same over retries of the same body. */
const useCaseWrite = <T>(caseId: string, path: string, toBody: (input: T) => object, onDone: () => void) => {
  const { refresh, keep } = useRefresh(caseId);
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (input: T) => {
      const body = toBody(input);
      return api.post<StaffCase>(`/cases/${caseId}/${path}/`, body, { idempotencyKey: keyFor(body) });
    },
    onSuccess: (detail) => {
      renew();
      keep(detail);
      void refresh();
      onDone();
    },
    onError: async (error) => {
      const loaded = refresh();
      if (hasCode(error, ...DONE_BEFORE)) onDone();
      // Who is told that the new state is loaded may send again at once: it has to be there.
      if (hasCode(error, "case.changed_meanwhile")) await loaded;
    },
  });
};

export const useMoveCase = (caseId: string, onDone: () => void) =>
  useCaseWrite(caseId, "move", (input: CaseMove & { version: number }) => input, onDone);

export const useAssignCase = (caseId: string, onDone: () => void) =>
  useCaseWrite(caseId, "assign", (input: { assignee_id: string | null; version: number }) => input, onDone);

export const useSettlePaper = (caseId: string, paperId: string, onDone: () => void) =>
  useCaseWrite(caseId, `papers/${paperId}`, (input: { how: "received" | "waived" }) => input, onDone);

export interface PaperReview {
  decision: "accept" | "unreadable";
  reason: string;
}

export const useReviewPaper = (caseId: string, paperId: string, onDone: () => void) =>
  useCaseWrite(caseId, `papers/${paperId}/review`, (input: PaperReview) => input, onDone);

export const useRecordFact = (caseId: string, onDone: () => void) =>
  useCaseWrite(caseId, "facts", (input: CaseFactInput) => input, onDone);

export interface Revealed {
  iin?: string;
  phone?: string;
}

/** Nothing of the answer is kept in the cache: the screen shows it for a short time and forgets it. */
export const useReveal = (caseId: string, onDone: (values: Revealed) => void) => {
  const { refresh } = useRefresh(caseId);
  return useMutation({
    gcTime: 0,
    mutationFn: (body: { fields: readonly string[]; reason: string }) =>
      api.post<Revealed>(`/cases/${caseId}/reveal/`, body),
    onSuccess: (values) => {
      void refresh();
      onDone(values);
    },
  });
};

export const useRetryDispatch = (caseId: string) => {
  const { refresh } = useRefresh(caseId);
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (dispatchId: string) =>
      api.post(`/dispatches/${dispatchId}/retry/`, undefined, { idempotencyKey: keyFor({ dispatchId }) }),
    onSuccess: renew,
    onSettled: refresh,
  });
};

export const useRegenerateDocument = (caseId: string) => {
  const { refresh } = useRefresh(caseId);
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (documentId: string) =>
      api.post(`/documents/${documentId}/regenerate/`, undefined, { idempotencyKey: keyFor({ documentId }) }),
    onSuccess: renew,
    onSettled: refresh,
  });
};
