"use client";

import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";

import { useIdempotencyKey } from "@/lib/use-idempotency-key";

/**
 * A write that a retry after a lost answer repeats under the same key. Everything whose key begins with `stale` is read
 * anew afterwards, also after a refusal: somebody may have been faster.
 */
export const useKeyedWrite = <T, R>(
  request: (input: T, idempotencyKey: string) => Promise<R>,
  { stale, onDone }: { stale: QueryKey; onDone: (answer: R) => void },
) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (input: T) => request(input, keyFor(input)),
    onSuccess: (answer) => {
      renew();
      onDone(answer);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: stale }),
  });
};
