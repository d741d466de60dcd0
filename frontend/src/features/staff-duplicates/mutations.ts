"use client";

import { api } from "@/lib/api-client";
import { useKeyedWrite } from "@/lib/use-keyed-write";

/** A decision about two accounts; lists of people change with it. */
const useDecide = <T extends object>(claimId: string, decision: "merge" | "dismiss", onDone: () => void) =>
  useKeyedWrite(
    (body: T, idempotencyKey) =>
      api.post<unknown>(`/people/duplicates/${claimId}/${decision}/`, body, { idempotencyKey }),
    { stale: ["staff"], onDone },
  );

export const useMerge = (claimId: string, onDone: () => void) =>
  useDecide<{ keep: string; reason: string }>(claimId, "merge", onDone);

export const useDismiss = (claimId: string, onDone: () => void) =>
  useDecide<{ reason: string }>(claimId, "dismiss", onDone);
