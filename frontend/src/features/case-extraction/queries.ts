"use client";

import { queryOptions } from "@tanstack/react-query";

import { api } from "@/lib/api-client";

import type { Readings } from "./types";

export const readingKeys = {
  case: (caseId: string) => ["readings", caseId] as const,
};

export const readingsQuery = (caseId: string) =>
  queryOptions({
    queryKey: readingKeys.case(caseId),
    queryFn: ({ signal }) => api.get<Readings>(`/cases/${caseId}/readings/`, { signal }),
  });
