"use client";

import { useCallback, useEffect, useRef, useState } from "react";

import { isProblem } from "@/lib/problem";

import { forgetOnDevice, keepOnDevice } from "../device-draft";
import type { Draft } from "../draft";
import { saveDraft } from "../mutations";

export type SavingState = "saved" | "saving" | "waiting" | "signed_out";

const QUIET_MS = 800;
const RETRY_MS = 10_000;

interface Work {
  step: string;
  draft: Draft;
}

/**
 * Keeps answers: on the device at once, on the server after a short quiet. One request is under way at a time and the
 * newest answers win; while the line is down it tries again, and at once when the line is back.
 */
export const useDraftSaving = (caseId: string, startsUnsent: boolean) => {
  const [state, setState] = useState<SavingState>(startsUnsent ? "waiting" : "saved");
  const latest = useRef<Work | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const inFlight = useRef(false);
  const stopped = useRef(false);
  const send = useRef<() => void>(() => undefined);

  const schedule = useCallback((delay: number) => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => send.current(), delay);
  }, []);

  const sendNow = useCallback(async () => {
    const work = latest.current;
    if (!work || inFlight.current || stopped.current) return;
    inFlight.current = true;
    setState("saving");
    try {
      await saveDraft(caseId, work.step, work.draft);
      if (latest.current === work) {
        latest.current = null;
        forgetOnDevice(caseId);
        setState("saved");
      }
    } catch (error) {
      setState(isProblem(error) && error.status === 401 ? "signed_out" : "waiting");
      schedule(RETRY_MS);
      return;
    } finally {
      inFlight.current = false;
    }
    if (latest.current) schedule(0);
  }, [caseId, schedule]);

  useEffect(() => {
    stopped.current = false;
    send.current = () => void sendNow();
    const onOnline = () => send.current();
    const onHide = () => {
      if (document.visibilityState === "hidden") send.current();
    };
    addEventListener("online", onOnline);
    document.addEventListener("visibilitychange", onHide);
    return () => {
      removeEventListener("online", onOnline);
      document.removeEventListener("visibilitychange", onHide);
      if (timer.current) clearTimeout(timer.current);
      // Leaving the wizard: what is not saved yet goes out now.
      send.current();
    };
  }, [sendNow]);

  const keep = useCallback(
    (step: string, draft: Draft, options: { now?: boolean } = {}) => {
      if (stopped.current) return;
      latest.current = { step, draft };
      keepOnDevice(caseId, { step, draft });
      setState((current) => (current === "signed_out" ? current : "saving"));
      schedule(options.now ? 0 : QUIET_MS);
    },
    [caseId, schedule],
  );

  /** After submitting there is no draft any more: nothing may be written over the case. */
  const stop = useCallback(() => {
    stopped.current = true;
    latest.current = null;
    if (timer.current) clearTimeout(timer.current);
    forgetOnDevice(caseId);
  }, [caseId]);

  const resume = useCallback(() => stopped.current && (stopped.current = false), []);

  return { state, keep, stop, resume };
};
