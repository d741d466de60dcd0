"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

/** A decision about two accounts; lists of people change with it. */
const useDecide = <T extends object>(claimId: string, decision: "merge" | "dismiss", onDone: () => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: T) =>
      api.post<unknown>(`/people/duplicates/${claimId}/${decision}/`, body, {
        idempotencyKey: keyFor(body),
      }),
    onSuccess: () => {
      renew();
      onDone();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["staff"] }),
  });
};

export const useMerge = (claimId: string, onDone: () => void) =>
  useDecide<{ keep: string; reason: string }>(claimId, "merge", onDone);

export const useDismiss = (claimId: string, onDone: () => void) =>
  useDecide<{ reason: string }>(claimId, "dismiss", onDone);
