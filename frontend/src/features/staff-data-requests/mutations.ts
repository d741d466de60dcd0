"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { dataRequestKeys } from "./queries";
import type { DataRequest } from "./types";

const useRequestWrite = <T extends object>(address: (input: T) => string, onDone: () => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (input: T) => api.post<DataRequest>(address(input), input, { idempotencyKey: keyFor(input) }),
    onSuccess: () => {
      renew();
      onDone();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: dataRequestKeys.all }),
  });
};

export const useDecideRequest = (id: string, decision: "approve" | "refuse", onDone: () => void) =>
  useRequestWrite<{ note: string }>(() => `/data-requests/${id}/${decision}/`, onDone);

export const useExecuteRequest = (id: string, onDone: () => void) =>
  useRequestWrite<Record<string, never>>(() => `/data-requests/${id}/execute/`, onDone);

/** Opens a request in the name of a person who asked for it outside the application. */
export const useStartRequest = (personId: string, onDone: () => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (input: { kind: string; reason: string }) => {
      const body = { ...input, person_id: personId };
      return api.post<DataRequest>("/data-requests/", body, { idempotencyKey: keyFor(body) });
    },
    onSuccess: () => {
      renew();
      onDone();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: dataRequestKeys.all }),
  });
};
