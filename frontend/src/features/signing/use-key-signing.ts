"use client";

import { useLocale } from "next-intl";
import { useEffect, useRef, useState } from "react";

import { NcaLayerError } from "@/lib/ncalayer";
import { hasCode, isProblem } from "@/lib/problem";
import { PROOF_CANCELLED } from "@/lib/proof";

import { askKey, DocumentChanged, type EdsSignature, handInSignature } from "./mutations";
import type { WayProps } from "./way-props";

export type KeyStage = "idle" | "reaching" | "choosing" | "checking";

/** A signature that was made but could not be judged is kept: whoever tries again chooses no key. */
const isWorthRepeating = (error: unknown): boolean =>
  isProblem(error) &&
  (error.status === 0 || error.status >= 500 || error.status === 429 || hasCode(error, PROOF_CANCELLED));

/** Signing with a key that sits in NCALayer, from the first press to the server's answer. */
export const useKeySigning = ({ requestId, sha256, onSigned, onChanged }: WayProps) => {
  const locale = useLocale();
  const [stage, setStage] = useState<KeyStage>("idle");
  const [error, setError] = useState<unknown>(null);
  const [kept, setKept] = useState<EdsSignature | null>(null);
  const control = useRef<AbortController | null>(null);

  useEffect(() => () => control.current?.abort(), []);

  const handIn = async (signature: EdsSignature) => {
    setStage("checking");
    setKept(null);
    try {
      onSigned(await handInSignature(requestId, signature));
    } catch (failure) {
      if (hasCode(failure, "signature.already_signed")) return onSigned(null);
      if (hasCode(failure, "signing.document_changed")) return onChanged();
      if (isWorthRepeating(failure)) setKept(signature);
      throw failure;
    }
  };
  const run = async (work: (signal: AbortSignal) => Promise<void>) => {
    setError(null);
    const { signal } = (control.current = new AbortController());
    try {
      await work(signal);
    } catch (failure) {
      if (failure instanceof DocumentChanged) onChanged();
      else setError(signal.aborted ? new NcaLayerError("cancelled") : failure);
    }
    setStage("idle");
  };
  const start = () =>
    run(async (signal) => {
      setStage("reaching");
      const signature = await askKey({
        requestId,
        sha256,
        locale,
        signal,
        onAsked: () => setStage("choosing"),
      });
      await handIn(signature);
    });
  return {
    stage,
    error,
    /** There is a signature already: only its check has to be repeated. */
    isKept: kept !== null,
    start: () => void start(),
    repeat: () => kept && void run(() => handIn(kept)),
    cancel: () => control.current?.abort(),
  };
};
