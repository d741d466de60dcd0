"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import { api } from "@/lib/api-client";
import { hasCode } from "@/lib/problem";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

type Schemas = components["schemas"];
export type Procedure = Schemas["CaseTrack"];
export type ProcedureAction = Schemas["TrackAllowedAction"];
export type NextStep = Schemas["TrackNextStep"];
export type ProcedureCase = Schemas["CaseDetail"];

/** What a step is told; `version` is the procedure's own. */
export interface StepInput {
  action: string;
  version: number;
  date: string | null;
  reason: string;
  number: string;
  outcome: string;
}

export interface OpenInput {
  kind: string;
  obligation_id: string | null;
  reason: string;
}

/** Made by an impatient second press, or by somebody else a moment ago. */
const DONE_BEFORE = ["case.track_already_done", "case.track_already_open"];

/** One write about a procedure; pages of the borrower and of staff both read the case anew. */
const useProcedureWrite = <T>(caseId: string, pathOf: (input: T) => string, onDone: () => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: ["cases"] }),
      queryClient.invalidateQueries({ queryKey: ["staff", "case", caseId] }),
      queryClient.invalidateQueries({ queryKey: ["staff", "cases"] }),
    ]);
  return useMutation({
    mutationFn: (input: T) =>
      api.post<ProcedureCase>(pathOf(input), input as object, { idempotencyKey: keyFor(input as object) }),
    onSuccess: async () => {
      renew();
      await refresh();
      onDone();
    },
    onError: async (error) => {
      await refresh();
      if (hasCode(error, ...DONE_BEFORE)) onDone();
    },
  });
};

export const useProcedureStep = (caseId: string, trackId: string, onDone: () => void) =>
  useProcedureWrite<StepInput>(caseId, () => `/tracks/${trackId}/move/`, onDone);

export const useOpenProcedure = (caseId: string, onDone: () => void) =>
  useProcedureWrite<OpenInput>(caseId, () => `/cases/${caseId}/tracks/`, onDone);
