"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { type MemberInvitation, type MemberList, organisationKeys, type OwnOrganisation } from "./queries";

export type InviteInput = components["schemas"]["MemberInviteInputRequest"];
export type ContactInput = { address: string; email: string; phone: string };

const useRefresh = () => {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: organisationKeys.all });
};

export const useChangeContacts = (organisation: OwnOrganisation, onDone: () => void) => {
  const queryClient = useQueryClient();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (contacts: ContactInput) =>
      api.patch<OwnOrganisation>(`/organisations/${organisation.id}/`, {
        ...contacts,
        version: organisation.version,
      }),
    onSuccess: (changed) => {
      queryClient.setQueryData(organisationKeys.card(organisation.id), changed);
      onDone();
    },
    // Changed by a colleague meanwhile: the form keeps what was typed, the card shows what is so now.
    onError: refresh,
  });
};

export const useInvite = (organisationId: string, onDone: (invitation: MemberInvitation) => void) => {
  const refresh = useRefresh();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (input: InviteInput) =>
      api.post<MemberInvitation>(`/organisations/${organisationId}/people/`, input, {
        idempotencyKey: keyFor(input),
      }),
    onSuccess: async (invitation) => {
      renew();
      await refresh();
      onDone(invitation);
    },
  });
};

export const useChangeMember = (organisationId: string, membershipId: string, onDone: () => void) => {
  const queryClient = useQueryClient();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (change: { post?: string; is_administrator?: boolean }) =>
      api.patch<MemberList>(`/organisations/${organisationId}/people/${membershipId}/`, change),
    onSuccess: (people) => {
      queryClient.setQueryData(organisationKeys.people(organisationId), people);
      onDone();
    },
    onError: refresh,
  });
};

export const useRemoveMember = (organisationId: string, membershipId: string, onDone: () => void) => {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => api.delete<undefined>(`/organisations/${organisationId}/people/${membershipId}/`),
    onSuccess: async () => {
      await refresh();
      onDone();
    },
    onError: refresh,
  });
};

export const useResendInvitation = (organisationId: string, invitationId: string) => {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () =>
      api.post<MemberInvitation>(`/organisations/${organisationId}/invitations/${invitationId}/resend/`),
    onSettled: refresh,
  });
};

export const useTakeBackInvitation = (organisationId: string, invitationId: string) => {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => api.delete<undefined>(`/organisations/${organisationId}/invitations/${invitationId}/`),
    onSettled: refresh,
  });
};
