"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { partiesKey } from "./queries";

type Schemas = components["schemas"];

export type PartyInvitation = Schemas["PartyInvitationItem"];
export type PartyInvitationInput = Schemas["PartyInvitationInputRequest"];
export type PartyOffer = Schemas["PartyInvitationOffer"];

const invitationsKey = (caseId: string) => ["cases", "party-invitations", caseId] as const;

export const partyInvitationsQuery = (caseId: string) =>
  queryOptions({
    queryKey: invitationsKey(caseId),
    queryFn: ({ signal }) =>
      api.get<Schemas["PartyInvitationList"]>(`/cases/${caseId}/party-invitations/`, { signal }),
  });

export const usePartyInvite = (caseId: string, onDone: () => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (input: PartyInvitationInput) =>
      api.post<Schemas["PartyInvitationList"]>(`/cases/${caseId}/party-invitations/`, input, {
        idempotencyKey: keyFor(input),
      }),
    onSuccess: (list) => {
      renew();
      queryClient.setQueryData(invitationsKey(caseId), list);
      onDone();
    },
  });
};

/** Sending again or taking back; after a refusal the list is read anew, because it has changed. */
export const useInvitationAct = (caseId: string, invitationId: string, act: "resend" | "take_back") => {
  const queryClient = useQueryClient();
  const address = `/cases/${caseId}/party-invitations/${invitationId}/`;
  return useMutation({
    mutationFn: () =>
      act === "resend" ? api.post<unknown>(`${address}resend/`) : api.delete<unknown>(address),
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: invitationsKey(caseId) });
      await queryClient.invalidateQueries({ queryKey: partiesKey(caseId) });
    },
  });
};

export const lookAtOffer = (token: string) => api.post<PartyOffer>("/party-invitations/look/", { token });

export const useAnswerOffer = (token: string) => {
  const queryClient = useQueryClient();
  const { keyFor } = useIdempotencyKey();
  return useMutation({
    mutationFn: async (accepts: boolean): Promise<Schemas["PartyAccepted"] | null> => {
      const key = { idempotencyKey: keyFor({ token, accepts }) };
      if (accepts) return api.post<Schemas["PartyAccepted"]>("/party-invitations/accept/", { token }, key);
      await api.post<unknown>("/party-invitations/decline/", { token }, key);
      return null;
    },
    onSuccess: () => queryClient.invalidateQueries(),
  });
};
