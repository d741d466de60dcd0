"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";
import { hasCode } from "@/lib/problem";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { readingKeys } from "./queries";
import type { Readings } from "./types";

export interface Decision {
  decision: "confirm" | "dismiss";
  value?: object;
  obligation_id?: string | null;
}

/** The word of a person on one value. What is confirmed changes the case, so all that is shown of it is read anew. */
export const useDecide = (caseId: string, findingId: string, onDone: () => void = () => undefined) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  const refresh = () =>
    Promise.all(
      [["cases"], ["staff"], ["debts"], readingKeys.case(caseId)].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    );
  return useMutation({
    mutationFn: (body: Decision) =>
      api.post<Readings>(`/cases/${caseId}/findings/${findingId}/`, body, { idempotencyKey: keyFor(body) }),
    onSuccess: (readings) => {
      renew();
      queryClient.setQueryData(readingKeys.case(caseId), readings);
      void refresh();
      onDone();
    },
    onError: (error) => {
      void refresh();
      if (hasCode(error, "case.finding_decided")) onDone();
    },
  });
};
