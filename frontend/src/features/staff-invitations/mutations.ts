"use client";

import { api } from "@/lib/api-client";
import { useKeyedWrite } from "@/lib/use-keyed-write";

import { invitationKeys } from "./queries";
import type { Invitation } from "./types";

export interface InvitationInput {
  email: string;
  full_name: string;
  language: string;
  roles: string[];
  custom_role_ids: string[];
}

const useInvitationWrite = <T, R>(request: (input: T, key: string) => Promise<R>, onDone: () => void) =>
  useKeyedWrite(request, { stale: invitationKeys.all, onDone });

export const useInvite = (onDone: () => void) =>
  useInvitationWrite(
    (input: InvitationInput, idempotencyKey) =>
      api.post<Invitation>("/invitations/", input, { idempotencyKey }),
    onDone,
  );

export const useResendInvitation = (onDone: () => void) =>
  useInvitationWrite(
    (id: string, idempotencyKey) =>
      api.post<Invitation>(`/invitations/${id}/resend/`, {}, { idempotencyKey }),
    onDone,
  );

export const useCancelInvitation = (onDone: () => void) =>
  useInvitationWrite((id: string) => api.delete<undefined>(`/invitations/${id}/`), onDone);
