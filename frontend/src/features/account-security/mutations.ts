"use client";

import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";

import type { RecoveryCodeList } from "@/api/identity";
import type { CodeSent } from "@/api/types";
import { api } from "@/lib/api-client";
import { factorsKey } from "@/lib/second-factors";
import { sessionKey } from "@/lib/session";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { securityKeys } from "./queries";

/** A change of one's own account: the lists it touches are read anew before the form says that it is done. */
const useChange = <V, T>(mutationFn: (values: V) => Promise<T>, touched: readonly QueryKey[]) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: async () => {
      await Promise.all(touched.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    },
  });
};

export const useSetPassword = () => {
  const { keyFor } = useIdempotencyKey();
  return useChange(
    (password: string) =>
      api.post<undefined>("/me/password/", { password }, { idempotencyKey: keyFor({ password }) }),
    [sessionKey, securityKeys.sessions],
  );
};

export type ContactKind = "email" | "phone";

export const useAskContactCode = (kind: ContactKind) =>
  useMutation({ mutationFn: (address: string) => api.post<CodeSent>(`/me/${kind}/`, { [kind]: address }) });

export const useConfirmContact = (kind: ContactKind) =>
  useChange((code: string) => api.post<unknown>(`/me/${kind}/confirm/`, { code }), [sessionKey]);

export const useRemoveEmail = () => useChange((_: void) => api.delete<unknown>("/me/email/"), [sessionKey]);

export const useRenameFactor = () =>
  useChange(
    ({ id, name }: { id: string; name: string }) => api.patch<unknown>(`/me/second-factors/${id}/`, { name }),
    [factorsKey],
  );

export const useRemoveFactor = () =>
  useChange((id: string) => api.delete<undefined>(`/me/second-factors/${id}/`), [factorsKey, sessionKey]);

export const useNewRecoveryCodes = () =>
  useChange((_: void) => api.post<RecoveryCodeList>("/me/second-factors/recovery-codes/"), [factorsKey]);

export const useEndSession = () =>
  useChange((id: string) => api.delete<undefined>(`/me/sessions/${id}/`), [securityKeys.sessions]);

/** Without `keepCurrent` this browser is out as well: `onSignedOut` leads away. */
export const useEndAllSessions = (onSignedOut: () => void) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (keepCurrent: boolean) =>
      api.post<undefined>("/me/sessions/end-all/", { keep_current: keepCurrent }),
    onSuccess: async (_, keepCurrent) => {
      if (keepCurrent) return queryClient.invalidateQueries({ queryKey: securityKeys.sessions });
      queryClient.clear();
      onSignedOut();
    },
  });
};

export const useForgetDevices = () =>
  useMutation({ mutationFn: () => api.delete<undefined>("/me/trusted-devices/") });

export const useRemoveProgram = () =>
  useChange((id: string) => api.delete<undefined>(`/me/programs/${id}/`), [securityKeys.programs]);

export const useRemoveConnection = () =>
  useChange((id: string) => api.delete<undefined>(`/me/connections/${id}/`), [securityKeys.connections]);
