"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";

import { programKeys } from "./queries";
import type { Program, ProgramRegistered } from "./types";

export interface ProgramInput {
  name: string;
  kind: string;
  grants: string[];
  scopes: string[];
  redirect_uris: string[];
  organisation_id: string | null;
}

/** Answers may hold a secret, so nothing of them is kept in the cache of mutations. */
const useProgramWrite = <T, R>(request: (input: T) => Promise<R>, onDone: (answer: R) => void) => {
  const queryClient = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: request,
    onSuccess: onDone,
    onSettled: () => queryClient.invalidateQueries({ queryKey: programKeys.all }),
  });
};

export const useRegisterProgram = (onDone: (made: ProgramRegistered) => void) =>
  useProgramWrite((input: ProgramInput) => api.post<ProgramRegistered>("/programs/", input), onDone);

export const useChangeProgram = (id: string, onDone: () => void) =>
  useProgramWrite(
    (input: Pick<ProgramInput, "name" | "scopes" | "redirect_uris">) =>
      api.patch<Program>(`/programs/${id}/`, input),
    onDone,
  );

export const useRotateSecret = (id: string, onDone: (secret: string) => void) =>
  useProgramWrite(
    () => api.post<{ client_secret: string }>(`/programs/${id}/rotate-secret/`),
    ({ client_secret: secret }) => onDone(secret),
  );

export const useRevokeProgram = (id: string, onDone: () => void) =>
  useProgramWrite(() => api.post<unknown>(`/programs/${id}/revoke/`), onDone);
