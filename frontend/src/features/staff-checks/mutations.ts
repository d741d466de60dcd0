"use client";

import { api } from "@/lib/api-client";
import { useKeyedWrite } from "@/lib/use-keyed-write";

import { checkKeys } from "./queries";
import type { Decision } from "./types";

interface DecisionInput {
  note: string;
  /** Of specialists: the one that was looked at. */
  version?: number;
}

export const useDecide = (of: "specialists" | "powers", id: string, decision: Decision, onDone: () => void) =>
  useKeyedWrite(
    (body: DecisionInput, idempotencyKey) =>
      api.post<unknown>(`/${of}/${id}/${decision}/`, body, { idempotencyKey }),
    { stale: checkKeys.all, onDone },
  );
