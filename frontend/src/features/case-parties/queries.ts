"use client";

import { queryOptions } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import { api } from "@/lib/api-client";

type Schemas = components["schemas"];

export type CaseParty = Schemas["CasePartyItem"];
export type CaseParties = Schemas["CasePartyList"];
export type PartyInput = Schemas["CasePartyInputRequest"];

/** Under the key of cases, so that whatever reads a case anew reads its people too. */
export const partiesKey = (caseId: string) => ["cases", "parties", caseId] as const;

export const casePartiesQuery = (caseId: string) =>
  queryOptions({
    queryKey: partiesKey(caseId),
    queryFn: ({ signal }) => api.get<CaseParties>(`/cases/${caseId}/parties/`, { signal }),
  });
