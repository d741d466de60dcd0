"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import type { PasskeyAdded, PasskeyChallenge, RecoveryCodeList, TotpStart } from "@/api/identity";
import { api } from "@/lib/api-client";
import { createPasskey } from "@/lib/passkeys";
import { factorsKey } from "@/lib/second-factors";
import { sessionKey } from "@/lib/session";

/** A factor changes what the session may do: whoever goes on must find it fresh. */
const useFactorAdded = (onCodes: (codes: string[]) => void) => {
  const queryClient = useQueryClient();
  return async (codes: string[] | null) => {
    onCodes(codes ?? []);
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: sessionKey }),
      queryClient.invalidateQueries({ queryKey: factorsKey }),
    ]);
  };
};

export const useStartTotp = () =>
  useMutation({ mutationFn: () => api.post<TotpStart>("/me/second-factors/totp/start/") });

export const useConfirmTotp = (onCodes: (codes: string[]) => void) => {
  const added = useFactorAdded(onCodes);
  return useMutation({
    mutationFn: (code: string) => api.post<RecoveryCodeList>("/me/second-factors/totp/", { code }),
    onSuccess: ({ recovery_codes }) => added(recovery_codes),
  });
};

export const useAddPasskey = (onCodes: (codes: string[]) => void) => {
  const added = useFactorAdded(onCodes);
  return useMutation({
    mutationFn: async (name: string) => {
      const { options } = await api.get<PasskeyChallenge>("/me/second-factors/passkeys/");
      const credential = await createPasskey(options);
      return api.post<PasskeyAdded>("/me/second-factors/passkeys/", { name, credential });
    },
    onSuccess: ({ recovery_codes }) => added(recovery_codes),
  });
};
