"use client";

import { api } from "@/lib/api-client";
import { useKeyedWrite } from "@/lib/use-keyed-write";

import { roleKeys } from "./queries";
import type { CustomRole } from "./types";

export interface RoleInput {
  name_ru: string;
  name_kk: string;
  name_en: string;
  abilities: string[];
}

const useRoleWrite = <T, R>(request: (input: T, key: string) => Promise<R>, onDone: () => void) =>
  useKeyedWrite(request, { stale: roleKeys.all, onDone });

export const useCreateRole = (onDone: () => void) =>
  useRoleWrite(
    (input: RoleInput, idempotencyKey) => api.post<CustomRole>("/roles/", input, { idempotencyKey }),
    onDone,
  );

/** `version` is the one that was looked at; somebody else's change in between is answered with 409. */
export const useChangeRole = (roleId: string, onDone: () => void) =>
  useRoleWrite(
    (input: RoleInput & { version: number }) => api.patch<CustomRole>(`/roles/${roleId}/`, input),
    onDone,
  );

export const useArchiveRole = (onDone: () => void) =>
  useRoleWrite((roleId: string) => api.delete<unknown>(`/roles/${roleId}/`), onDone);
