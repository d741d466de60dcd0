"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import type { Comparison } from "@/components/schedules/types";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { debtKeys } from "./queries";
import type { DebtDetail, Preview, Schedule, ScheduleKind } from "./types";

const useRefresh = (caseId: string) => {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: debtKeys.case(caseId) }),
      // Sums stand on the page of the case and in the lists too.
      queryClient.invalidateQueries({ queryKey: ["staff"] }),
      queryClient.invalidateQueries({ queryKey: ["cases"] }),
    ]);
};

/** Data of a contract; `version` is the one that was on the screen when the editing began. */
export const useEditContract = (caseId: string, debtId: string, onDone: () => void) => {
  const refresh = useRefresh(caseId);
  return useMutation({
    mutationFn: ({ version, changes }: { version: number; changes: object }) =>
      api.patch<DebtDetail>(`/obligations/${debtId}/`, changes, { ifMatch: version }),
    onSuccess: () => {
      void refresh();
      onDone();
    },
    onError: () => void refresh(),
  });
};

export const useGiveSplit = (caseId: string, debtId: string, onDone: () => void) => {
  const refresh = useRefresh(caseId);
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: object) =>
      api.post<DebtDetail>(`/obligations/${debtId}/splits/`, body, { idempotencyKey: keyFor(body) }),
    onSuccess: () => {
      renew();
      void refresh();
      onDone();
    },
  });
};

export const useGiveSchedule = (caseId: string, debtId: string, onDone: () => void) => {
  const refresh = useRefresh(caseId);
  return useMutation({
    mutationFn: ({ kind, version, body }: { kind: ScheduleKind; version: number; body: object }) =>
      api.put<Schedule>(`/obligations/${debtId}/schedules/${kind}/`, body, { ifMatch: version }),
    onSuccess: () => {
      void refresh();
      onDone();
    },
    onError: () => void refresh(),
  });
};

export const usePreviewSchedule = (debtId: string) =>
  useMutation({
    mutationFn: (body: object) => api.post<Preview>(`/obligations/${debtId}/schedules/preview/`, body),
  });

/** Marks by the borrower (`paid`) or confirmations by creditor and manager (`confirm`); `on` null takes it back. */
export const useMarkPayment = (caseId: string, debtId: string, onDone: () => void) => {
  const refresh = useRefresh(caseId);
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: ({ rowId, act, ...body }: PaymentMark) =>
      api.post<Schedule>(`/obligations/${debtId}/payments/${rowId}/${act}/`, body, {
        idempotencyKey: keyFor({ rowId, act, ...body }),
      }),
    onSuccess: () => {
      renew();
      void refresh();
      onDone();
    },
    onError: () => void refresh(),
  });
};

/** Reminders of the payments of a debt, switched on or off by its borrower. */
export const useSetReminders = (caseId: string, debtId: string) => {
  const refresh = useRefresh(caseId);
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: { on: boolean }) =>
      api.post<DebtDetail>(`/obligations/${debtId}/payment-reminders/`, body, {
        idempotencyKey: keyFor(body),
      }),
    onSuccess: () => renew(),
    onSettled: () => refresh(),
  });
};

export interface PaymentMark {
  rowId: string;
  act: "paid" | "confirm";
  on: string | null;
  tiyn: number | null;
}

export const useCompare = (debtId: string) =>
  useMutation({
    mutationFn: (body: object) => api.post<Comparison>(`/obligations/${debtId}/compare/`, body),
  });
