"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { checkKeys } from "./queries";
import type { Decision } from "./types";

interface DecisionInput {
  note: string;
  /** Of specialists: the one that was looked at. */
  version?: number;
}

export const useDecide = (
  of: "specialists" | "powers",
  id: string,
  decision: Decision,
  onDone: () => void,
) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: DecisionInput) =>
      api.post<unknown>(`/${of}/${id}/${decision}/`, body, { idempotencyKey: keyFor(body) }),
    onSuccess: () => {
      renew();
      onDone();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: checkKeys.all }),
  });
};
