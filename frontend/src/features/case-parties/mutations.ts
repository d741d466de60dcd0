"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { type CaseParties, partiesKey, type PartyInput } from "./queries";

export const useAddParty = (caseId: string, onDone: () => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (input: PartyInput) =>
      api.post<CaseParties>(`/cases/${caseId}/parties/`, input, { idempotencyKey: keyFor(input) }),
    onSuccess: (parties) => {
      renew();
      queryClient.setQueryData(partiesKey(caseId), parties);
      onDone();
    },
  });
};

export const useRemoveParty = (caseId: string, partyId: string, onDone: () => void) => {
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: partiesKey(caseId) });
  return useMutation({
    mutationFn: () => api.delete<undefined>(`/cases/${caseId}/parties/${partyId}/`),
    onSuccess: async () => {
      await refresh();
      onDone();
    },
    onError: refresh,
  });
};
