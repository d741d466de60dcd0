"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

type Schemas = components["schemas"];

export type Questionnaire = Schemas["EligibilityQuestionnaire"];
export type Question = Schemas["EligibilityQuestion"];
export type EligibilityResult = Schemas["EligibilityResult"];
export type EligibilityHead = Schemas["EligibilityHead"];
export type Answer = string | number;
export type Answers = Readonly<Record<string, Answer>>;

export const eligibilityKeys = {
  all: ["eligibility"] as const,
  list: (locale: string) => [...eligibilityKeys.all, "list", locale] as const,
  questions: (code: string, locale: string) => [...eligibilityKeys.all, "questions", code, locale] as const,
  ofCase: (caseId: string) => ["cases", "eligibility", caseId] as const,
};

export const eligibilityListQuery = (locale: string) =>
  queryOptions({
    queryKey: eligibilityKeys.list(locale),
    queryFn: ({ signal }) => api.get<Schemas["EligibilityList"]>("/eligibility/", { signal }),
  });

export const questionnaireQuery = (code: string, locale: string) =>
  queryOptions({
    queryKey: eligibilityKeys.questions(code, locale),
    queryFn: ({ signal }) => api.get<Questionnaire>(`/eligibility/${code}/`, { signal }),
  });

export const prefillQuery = (caseId: string, code: string) =>
  queryOptions({
    queryKey: [...eligibilityKeys.ofCase(caseId), "prefill", code],
    queryFn: ({ signal }) =>
      api.get<Schemas["EligibilityPrefill"]>(`/cases/${caseId}/eligibility/${code}/`, { signal }),
  });

export const caseChecksQuery = (caseId: string) =>
  queryOptions({
    queryKey: eligibilityKeys.ofCase(caseId),
    queryFn: ({ signal }) =>
      api.get<Schemas["EligibilityHistory"]>(`/cases/${caseId}/eligibility/`, { signal }),
  });

/** On a case the result is kept; without one nothing of the answers is. */
export const useCheck = (code: string, caseId?: string) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (answers: Answers): Promise<EligibilityResult> =>
      caseId
        ? api.post(
            `/cases/${caseId}/eligibility/${code}/`,
            { answers },
            { idempotencyKey: keyFor({ answers }) },
          )
        : api.post(`/eligibility/${code}/check/`, { answers }),
    onSuccess: async () => {
      renew();
      if (caseId) await queryClient.invalidateQueries({ queryKey: eligibilityKeys.ofCase(caseId) });
    },
  });
};
