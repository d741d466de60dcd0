"use client";

import { queryOptions } from "@tanstack/react-query";

import { api } from "@/lib/api-client";

import type { Check, DebtList, Schedule, ScheduleKind } from "./types";

export const debtKeys = {
  case: (caseId: string) => ["debts", caseId] as const,
  list: (caseId: string) => [...debtKeys.case(caseId), "list"] as const,
  affordability: (caseId: string) => [...debtKeys.case(caseId), "affordability"] as const,
  schedule: (caseId: string, debtId: string, kind: ScheduleKind) =>
    [...debtKeys.case(caseId), "schedule", debtId, kind] as const,
};

export const debtsQuery = (caseId: string) =>
  queryOptions({
    queryKey: debtKeys.list(caseId),
    queryFn: ({ signal }) => api.get<DebtList>(`/cases/${caseId}/debts/`, { signal }),
  });

export const affordabilityQuery = (caseId: string) =>
  queryOptions({
    queryKey: debtKeys.affordability(caseId),
    queryFn: ({ signal }) => api.get<Check>(`/cases/${caseId}/affordability/`, { signal }),
  });

export const scheduleQuery = (caseId: string, debtId: string, kind: ScheduleKind) =>
  queryOptions({
    queryKey: debtKeys.schedule(caseId, debtId, kind),
    queryFn: ({ signal }) => api.get<Schedule>(`/obligations/${debtId}/schedules/${kind}/`, { signal }),
  });
