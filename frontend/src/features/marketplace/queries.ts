"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

export type HelpPage = components["schemas"]["HelpPage"];
export type HelpRequest = components["schemas"]["HelpRequestRow"];
export type HelpProposal = components["schemas"]["ProposalRow"];
export type HelpInput = components["schemas"]["HelpRequestInputRequest"];
type HelpMasked = components["schemas"]["HelpMasked"];

export const helpKeys = { case: (caseId: string) => ["cases", "help", caseId] as const };

export const helpQuery = (caseId: string) =>
  queryOptions({
    queryKey: helpKeys.case(caseId),
    queryFn: ({ signal }) => api.get<HelpPage>(`/cases/${caseId}/help/`, { signal }),
  });

export const useMask = (caseId: string) =>
  useMutation({
    mutationFn: (text: string) => api.post<HelpMasked>(`/cases/${caseId}/help/mask/`, { text }),
  });

/** A step with requests; the answer is the whole page as it is then. */
export const useHelpStep = <Body extends object | undefined>(
  caseId: string,
  path: string,
  onDone: () => void,
) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: Body) =>
      api.post<HelpPage>(`/cases/${caseId}/help/${path}`, body, { idempotencyKey: keyFor(body ?? {}) }),
    onSuccess: (page) => {
      renew();
      queryClient.setQueryData(helpKeys.case(caseId), page);
      void queryClient.invalidateQueries({ queryKey: ["cases"] });
      onDone();
    },
    onError: () => void queryClient.invalidateQueries({ queryKey: helpKeys.case(caseId) }),
  });
};
