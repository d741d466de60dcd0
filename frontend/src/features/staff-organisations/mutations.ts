"use client";

import { useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";
import { useKeyedWrite } from "@/lib/use-keyed-write";

import { organisationKeys, organisationQuery } from "./queries";
import type { Organisation } from "./types";

export interface OrganisationData {
  name?: string;
  name_kk?: string;
  bin?: string | null;
  address: string;
  email: string;
  phone: string;
}

export interface MemberInput {
  email: string;
  full_name: string;
  language: string;
  post: string;
  is_administrator: boolean;
}

const useWrite = <T, R>(request: (input: T, key: string) => Promise<R>, onDone: (answer: R) => void) =>
  useKeyedWrite(request, { stale: organisationKeys.all, onDone });

export const useCreateOrganisation = (onDone: (made: Organisation) => void) =>
  useWrite(
    (input: OrganisationData & { kind: string }, idempotencyKey) =>
      api.post<Organisation>("/organisations/", input, { idempotencyKey }),
    onDone,
  );

/** Answers of one organisation are put in place at once. */
const useOneWrite = <T>(
  id: string,
  request: (input: T, key: string) => Promise<Organisation>,
  onDone: () => void,
) => {
  const queryClient = useQueryClient();
  return useWrite(request, (organisation) => {
    queryClient.setQueryData(organisationQuery(id).queryKey, organisation);
    onDone();
  });
};

export const useChangeOrganisation = (id: string, onDone: () => void) =>
  useOneWrite(
    id,
    (input: OrganisationData & { version: number }) =>
      api.patch<Organisation>(`/organisations/${id}/`, input),
    onDone,
  );

export const useCheckOrganisation = (id: string, onDone: () => void) =>
  useOneWrite(
    id,
    (note: string, idempotencyKey) =>
      api.post<Organisation>(`/organisations/${id}/check/`, { note }, { idempotencyKey }),
    onDone,
  );

export const useCloseOrganisation = (id: string, onDone: () => void) =>
  useOneWrite(
    id,
    (reason: string, idempotencyKey) =>
      api.post<Organisation>(`/organisations/${id}/close/`, { reason }, { idempotencyKey }),
    onDone,
  );

export const useInviteMember = (id: string, onDone: () => void) =>
  useWrite(
    (input: MemberInput, idempotencyKey) =>
      api.post<unknown>(`/organisations/${id}/people/`, input, { idempotencyKey }),
    onDone,
  );

export const useChangeMember = (id: string, membershipId: string, onDone: () => void) =>
  useWrite(
    (input: { post: string; is_administrator: boolean }) =>
      api.patch<unknown>(`/organisations/${id}/people/${membershipId}/`, input),
    onDone,
  );

export const useRemoveMember = (id: string, onDone: () => void) =>
  useWrite(
    (membershipId: string) => api.delete<unknown>(`/organisations/${id}/people/${membershipId}/`),
    onDone,
  );

export const useResendMemberInvitation = (id: string, onDone: () => void) =>
  useWrite(
    (invitationId: string, idempotencyKey) =>
      api.post<unknown>(`/organisations/${id}/invitations/${invitationId}/resend/`, {}, { idempotencyKey }),
    onDone,
  );

export const useCancelMemberInvitation = (id: string, onDone: () => void) =>
  useWrite(
    (invitationId: string) => api.delete<unknown>(`/organisations/${id}/invitations/${invitationId}/`),
    onDone,
  );
