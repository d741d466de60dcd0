"use client";

import { useMutation } from "@tanstack/react-query";

import type { Session } from "@/api/types";
import { api } from "@/lib/api-client";
import { useEnterSession } from "@/lib/session";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { forgetToken } from "./token";

interface Acceptance {
  token: string;
  full_name: string;
  /** Empty for a person who is signed in with the invited address. */
  password: string;
}

export const useAcceptInvitation = (onDone: (session: Session) => void) => {
  const enter = useEnterSession();
  const { keyFor } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: Acceptance) =>
      api.post<Session>("/invitations/accept/", body, { idempotencyKey: keyFor(body) }),
    onSuccess: (session) => {
      forgetToken();
      enter(session);
      onDone(session);
    },
  });
};
