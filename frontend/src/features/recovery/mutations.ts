"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import type { CodeSent } from "@/api/types";
import { api } from "@/lib/api-client";
import { sessionKey } from "@/lib/session";

import type { Address } from "./schemas";

export const useAskRecovery = () =>
  useMutation({ mutationFn: (address: Address) => api.post<CodeSent>("/auth/recovery/", address) });

export const useResendRecovery = () =>
  useMutation({ mutationFn: () => api.post<CodeSent>("/auth/recovery/resend/") });

export const useConfirmRecovery = (onDone: () => void) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (answer: { code: string; password: string }) =>
      api.post<undefined>("/auth/recovery/confirm/", answer),
    onSuccess: () => {
      // Every session of the person has ended, this browser's too.
      void queryClient.invalidateQueries({ queryKey: sessionKey });
      onDone();
    },
  });
};
