"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

type Schemas = components["schemas"];

export type StaffQueue = Schemas["QueueItem"];
export type StaffLoad = Schemas["LoadItem"];
export type Absence = Schemas["AbsenceItem"];
export type AbsenceInput = Schemas["AbsenceInputRequest"];
export type PassedOn = Schemas["PassedOnList"];
export type Assignment = Schemas["CaseAssignment"];

export const queueKeys = {
  all: ["staff", "queues"] as const,
  list: ["staff", "queues", "list"] as const,
  load: ["staff", "queues", "load"] as const,
  absences: ["staff", "queues", "absences"] as const,
  /** Below the case, so that whatever reads a case anew reads the work on it too. */
  ofCase: (caseId: string) => ["staff", "case", caseId, "assignment"] as const,
};

export const queuesQuery = queryOptions({
  queryKey: queueKeys.list,
  queryFn: ({ signal }) => api.get<Schemas["QueueList"]>("/staff/queues/", { signal }),
});

export const loadQuery = queryOptions({
  queryKey: queueKeys.load,
  queryFn: ({ signal }) => api.get<Schemas["LoadList"]>("/staff/load/", { signal }),
});

export const absencesQuery = queryOptions({
  queryKey: queueKeys.absences,
  queryFn: ({ signal }) => api.get<Schemas["AbsenceList"]>("/staff/absences/", { signal }),
});

export const assignmentQuery = (caseId: string) =>
  queryOptions({
    queryKey: queueKeys.ofCase(caseId),
    queryFn: ({ signal }) => api.get<Assignment>(`/cases/${caseId}/assignment/`, { signal }),
  });

/** Any change of the team: whatever is shown of it is read anew afterwards. */
export const useTeamChange = <T, V = void>(change: (value: V) => Promise<T>, onDone: (result: T) => void) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (result) => {
      await queryClient.invalidateQueries({ queryKey: queueKeys.all });
      onDone(result);
    },
  });
};

export type CaseAct = "take" | "hand-over" | "give-back" | "give-by-queue" | "urgency";

/** An act on the work of one case. After a refusal the panel is read anew: somebody may have been faster. */
export const useCaseAct = (caseId: string, act: CaseAct, onDone: () => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ["staff"] });
  return useMutation({
    mutationFn: (body: Readonly<Record<string, unknown>>) =>
      api.post<unknown>(`/cases/${caseId}/${act}/`, body, { idempotencyKey: keyFor(body) }),
    onSuccess: async () => {
      renew();
      await refresh();
      onDone();
    },
    onError: () => queryClient.invalidateQueries({ queryKey: queueKeys.ofCase(caseId) }),
  });
};
