"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import type { PasskeyChallenge, Proof } from "@/api/identity";
import type { CodeSent, Session } from "@/api/types";
import { api } from "@/lib/api-client";
import { askPasskey } from "@/lib/passkeys";
import { sessionKey } from "@/lib/session";

export type ValueMethod = "password" | "totp" | "code";

const useAccepted = (onProven: () => void) => {
  const queryClient = useQueryClient();
  return () => {
    queryClient.setQueryData<Session>(sessionKey, (session) =>
      session?.user ? { ...session, user: { ...session.user, is_fresh: true } } : session,
    );
    onProven();
  };
};

export const useProveByValue = (method: ValueMethod, onProven: () => void) => {
  const onSuccess = useAccepted(onProven);
  return useMutation({
    mutationFn: (value: string) => api.post<Proof>("/auth/proof/", { method, value }),
    onSuccess,
  });
};

export const useProveByPasskey = (onProven: () => void) => {
  const onSuccess = useAccepted(onProven);
  return useMutation({
    mutationFn: async () => {
      const { options } = await api.get<PasskeyChallenge>("/auth/proof/passkey/");
      return api.post<Proof>("/auth/proof/passkey/", { credential: await askPasskey(options) });
    },
    onSuccess,
  });
};

export const useSendProofCode = () =>
  useMutation({ mutationFn: () => api.post<CodeSent>("/auth/proof/code/") });
