"use client";

import { useMutation } from "@tanstack/react-query";

import type { PasskeyChallenge } from "@/api/identity";
import type { CodeSent, Session } from "@/api/types";
import { api } from "@/lib/api-client";
import { askPasskey } from "@/lib/passkeys";
import { useEnterSession } from "@/lib/session";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

export const useRequestCode = () =>
  useMutation({ mutationFn: (phone: string) => api.post<CodeSent>("/auth/phone/", { phone }) });

export const useResendCode = () =>
  useMutation({ mutationFn: () => api.post<CodeSent>("/auth/phone/resend/") });

/** What every way in does with the session that it gets. */
const useSignIn = <V>(mutationFn: (values: V) => Promise<Session>, onDone: (session: Session) => void) => {
  const enter = useEnterSession();
  return useMutation({
    mutationFn,
    onSuccess: (session) => {
      enter(session);
      onDone(session);
    },
  });
};

export const useConfirmCode = (onDone: (session: Session) => void) => {
  const { keyFor } = useIdempotencyKey();
  return useSignIn(
    (code: string) =>
      api.post<Session>("/auth/phone/confirm/", { code }, { idempotencyKey: keyFor({ code }) }),
    onDone,
  );
};

export const usePasswordSignIn = (onDone: (session: Session) => void) =>
  useSignIn(
    (credentials: { email: string; password: string }) => api.post<Session>("/auth/password/", credentials),
    onDone,
  );

export const useSecondStep = (onDone: (session: Session) => void) =>
  useSignIn(
    (step: { code: string; trust: boolean }) => api.post<Session>("/auth/second-step/", step),
    onDone,
  );

export const useSecondStepPasskey = (onDone: (session: Session) => void) =>
  useSignIn(async ({ trust }: { trust: boolean }) => {
    const { options } = await api.get<PasskeyChallenge>("/auth/second-step/passkey/");
    return api.post<Session>("/auth/second-step/passkey/", { credential: await askPasskey(options), trust });
  }, onDone);

/** A passkey alone is enough: it is both, what one has and who one is. */
export const usePasskeySignIn = (onDone: (session: Session) => void) =>
  useSignIn(async (_: void) => {
    const { options } = await api.get<PasskeyChallenge>("/auth/passkey/");
    return api.post<Session>("/auth/passkey/", { credential: await askPasskey(options) });
  }, onDone);
