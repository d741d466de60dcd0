"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import type { CaseDetail } from "@/api/types";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { caseKeys } from "./queries";

/** What a borrower may report about an own case, most pressing first. */
export const FACT_KINDS = [
  "REFUSED",
  "OFFER_RECEIVED",
  "INSCRIPTION_RECEIVED",
  "COLLECTOR_CONTACT",
  "ASSIGNMENT",
  "COURT_DATE",
  "PROPERTY_ARREST",
  "APPLICATION_RECEIVED",
  "NO_REPLY",
  "AGREED",
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

export interface NewFact {
  kind: FactKind;
  date: string;
  text: string;
  obligation_id: string | null;
}

export const useRecordFact = (caseId: string) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (fact: NewFact) =>
      api.post<CaseDetail>(`/cases/${caseId}/facts/`, fact, { idempotencyKey: keyFor(fact) }),
    onSuccess: (detail) => {
      renew();
      queryClient.setQueryData(caseKeys.detail(caseId), detail);
      void queryClient.invalidateQueries({ queryKey: caseKeys.all });
    },
  });
};
