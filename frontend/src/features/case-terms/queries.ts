"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";
import { useKeyedWrite } from "@/lib/use-keyed-write";

type Schemas = components["schemas"];
export type Term = Schemas["TermItem"];
export type TermList = Schemas["CaseTermList"];
export type NextStep = Schemas["NextStep"];
export type NextSteps = Schemas["NextStepList"];
/** What can be done to a term by its name in the address. */
export type TermAction = "suspend" | "resume" | "extend" | "meet" | "reopen";

export const caseTermKeys = {
  all: (caseId: string) => ["case-terms", caseId] as const,
  terms: (caseId: string) => ["case-terms", caseId, "terms"] as const,
  steps: (caseId: string) => ["case-terms", caseId, "steps"] as const,
};

export const caseTermsQuery = (caseId: string) =>
  queryOptions({
    queryKey: caseTermKeys.terms(caseId),
    queryFn: ({ signal }) => api.get<TermList>(`/cases/${caseId}/deadlines/`, { signal }),
  });

export const nextStepsQuery = (caseId: string) =>
  queryOptions({
    queryKey: caseTermKeys.steps(caseId),
    queryFn: ({ signal }) => api.get<NextSteps>(`/cases/${caseId}/next-steps/`, { signal }),
  });

/** Everything that shows terms of the case is read anew; the answer itself stands at once. */
const useTermWrite = <T>(
  caseId: string,
  request: (input: T, key: string) => Promise<TermList>,
  onDone: () => void,
) => {
  const queryClient = useQueryClient();
  return useKeyedWrite(request, {
    stale: [],
    onDone: (answer) => {
      queryClient.setQueryData(caseTermsQuery(caseId).queryKey, answer);
      onDone();
    },
  });
};

export const useTermAction = (caseId: string, termId: string, action: TermAction, onDone: () => void) =>
  useTermWrite(
    caseId,
    (input: Record<string, string | number>, idempotencyKey) =>
      api.post<TermList>(`/deadlines/${termId}/${action}/`, input, { idempotencyKey }),
    onDone,
  );

export const useCorrectFact = (caseId: string, factId: string, onDone: () => void) =>
  useTermWrite(
    caseId,
    (input: Record<string, string | number>, idempotencyKey) =>
      api.post<TermList>(`/cases/${caseId}/facts/${factId}/correct/`, input, { idempotencyKey }),
    onDone,
  );

export const useChooseStep = (caseId: string, onDone: () => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (input: { offerId: string; step: string }) =>
      api.post<NextSteps>(
        `/cases/${caseId}/next-steps/${input.offerId}/choose/`,
        { step: input.step },
        { idempotencyKey: keyFor(input) },
      ),
    onSuccess: (answer) => {
      renew();
      queryClient.setQueryData(nextStepsQuery(caseId).queryKey, answer);
      onDone();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
};
