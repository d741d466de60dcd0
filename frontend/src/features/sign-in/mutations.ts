"use client";

import { useMutation } from "@tanstack/react-query";

import type { CodeSent, Session } from "@/api/types";
import { api } from "@/lib/api-client";
import { useEnterSession } from "@/lib/session";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

export const useRequestCode = () =>
  useMutation({ mutationFn: (phone: string) => api.post<CodeSent>("/auth/phone/", { phone }) });

export const useResendCode = () =>
  useMutation({ mutationFn: () => api.post<CodeSent>("/auth/phone/resend/") });

export const useConfirmCode = (onDone: (session: Session) => void) => {
  const enter = useEnterSession();
  const { keyFor } = useIdempotencyKey();
  return useMutation({
    mutationFn: (code: string) =>
      api.post<Session>("/auth/phone/confirm/", { code }, { idempotencyKey: keyFor({ code }) }),
    onSuccess: (session) => {
      enter(session);
      onDone(session);
    },
  });
};

export const usePasswordSignIn = (onDone: (session: Session) => void) => {
  const enter = useEnterSession();
  return useMutation({
    mutationFn: (credentials: { email: string; password: string }) =>
      api.post<Session>("/auth/password/", credentials),
    onSuccess: (session) => {
      enter(session);
      onDone(session);
    },
  });
};
