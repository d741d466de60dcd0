"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";
import { sessionKey } from "@/lib/session";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { powerKeys } from "./queries";
import type { Power, PowerInput } from "./types";

/** A power changes whose cases a person sees. */
const useRefresh = () => {
  const queryClient = useQueryClient();
  return () =>
    Promise.all(
      [powerKeys.all, sessionKey, ["cases"]].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
    );
};

export const useGivePower = (onDone: (power: Power) => void) => {
  const refresh = useRefresh();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (power: PowerInput) =>
      api.post<Power>("/me/powers/", power, { idempotencyKey: keyFor(power) }),
    onSuccess: (power) => {
      renew();
      void refresh();
      onDone(power);
    },
  });
};

/** Gives the paper that has come whole. */
export const useAttachDocument = (powerId: string, onDone: () => void) => {
  const refresh = useRefresh();
  const { mutateAsync } = useMutation({
    mutationFn: (upload: string) => api.post<Power>(`/me/powers/${powerId}/document/`, { upload }),
    onSuccess: async () => {
      await refresh();
      onDone();
    },
  });
  return mutateAsync;
};

export const useRevokePower = (powerId: string, onDone: () => void) => {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => api.post<Power>(`/me/powers/${powerId}/revoke/`),
    onSuccess: async () => {
      await refresh();
      onDone();
    },
    onError: refresh,
  });
};
