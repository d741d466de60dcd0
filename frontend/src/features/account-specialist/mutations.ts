"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";
import { sessionKey } from "@/lib/session";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { specialistKeys } from "./queries";
import type { OwnSpecialists, Specialist, SpecialistInput, SpecialistKind } from "./types";

/** An entry may give or take a role: the session is read anew together with it. */
const useKeep = () => {
  const queryClient = useQueryClient();
  return (entry: Specialist) => {
    queryClient.setQueryData<OwnSpecialists>(specialistKeys.all, (known) =>
      known ? { ...known, items: [...known.items.filter(({ kind }) => kind !== entry.kind), entry] } : known,
    );
    void queryClient.invalidateQueries({ queryKey: sessionKey });
    return queryClient.invalidateQueries({ queryKey: specialistKeys.all });
  };
};

export const useWriteEntry = (kind: SpecialistKind, onDone: () => void) => {
  const keep = useKeep();
  return useMutation({
    mutationFn: (entry: SpecialistInput) => api.put<Specialist>(`/me/specialist/${kind}/`, entry),
    onSuccess: (entry) => {
      void keep(entry);
      onDone();
    },
  });
};

/** Gives the proof that has come whole. */
export const useAttachProof = (kind: SpecialistKind, onDone: () => void) => {
  const keep = useKeep();
  const { mutateAsync } = useMutation({
    mutationFn: (upload: string) => api.post<Specialist>(`/me/specialist/${kind}/proof/`, { upload }),
    onSuccess: (entry) => {
      void keep(entry);
      onDone();
    },
  });
  return mutateAsync;
};

export const useSubmitEntry = (kind: SpecialistKind, onDone: () => void) => {
  const keep = useKeep();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (version: number) =>
      api.post<Specialist>(`/me/specialist/${kind}/submit/`, undefined, {
        idempotencyKey: keyFor({ version }),
      }),
    onSuccess: (entry) => {
      renew();
      void keep(entry);
      onDone();
    },
  });
};
