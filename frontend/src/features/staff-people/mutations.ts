"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { peopleKeys, personQuery } from "./queries";
import type { PersonDetail, Revealed } from "./types";

export interface PersonData {
  full_name: string;
  full_name_kk: string;
  language: string;
}

export type RoleChoice = { role: string } | { custom_role_id: string };

type Request<T> = (input: T, key: { idempotencyKey: string }) => Promise<PersonDetail>;

/** One change of a person that answers with the whole person; list and history are read anew, also after a failure. */
const usePersonWrite = <T>(personId: string, request: Request<T>, onDone: () => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (input: T) => request(input, { idempotencyKey: keyFor(input) }),
    onSuccess: (person) => {
      renew();
      queryClient.setQueryData(personQuery(personId).queryKey, person);
      onDone();
    },
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: peopleKeys.all });
    },
  });
};

export const useEditPerson = (personId: string, onDone: () => void) =>
  usePersonWrite(
    personId,
    (body: PersonData) => api.patch<PersonDetail>(`/people/${personId}/`, body),
    onDone,
  );

export const useGrantRole = (personId: string, onDone: () => void) =>
  usePersonWrite(
    personId,
    (body: RoleChoice, key) => api.post<PersonDetail>(`/people/${personId}/roles/`, body, key),
    onDone,
  );

export const useRevokeRole = (personId: string, onDone: () => void) =>
  usePersonWrite(
    personId,
    (grantId: string) => api.delete<PersonDetail>(`/people/${personId}/roles/${grantId}/`),
    onDone,
  );

export type PersonStep = "deactivate" | "reactivate" | "end-sessions" | "reset-second-factor";

/** A step in the life of an account; ending sessions alone needs no reason. */
export const usePersonStep = (personId: string, step: PersonStep, onDone: () => void) =>
  usePersonWrite(
    personId,
    (body: { reason?: string }, key) => api.post<PersonDetail>(`/people/${personId}/${step}/`, body, key),
    onDone,
  );

/** Nothing of the answer is kept in the cache: the screen shows it for a short time and forgets it. */
export const useReveal = (personId: string, onDone: (values: Revealed) => void) => {
  const queryClient = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: (reason: string) =>
      api.post<Revealed>(`/people/${personId}/reveal/`, { fields: ["iin", "phone"], reason }),
    onSuccess: (values) => {
      onDone(values);
      void queryClient.invalidateQueries({ queryKey: peopleKeys.history(personId) });
    },
  });
};
