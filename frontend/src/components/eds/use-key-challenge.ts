"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale } from "next-intl";
import { useEffect, useRef, useState } from "react";

import type { EdsChallenge } from "@/api/signing";
import { api } from "@/lib/api-client";
import { fromBase64, NcaLayerError, signByNcaLayer } from "@/lib/ncalayer";
import { sessionQuery } from "@/lib/session";

interface KeyChallenge<T> {
  /** Where a text to be signed is asked for, and where its signature goes. */
  askPath: string;
  answerPath: string;
  onDone: (answer: T) => void;
}

export type ChallengeStage = "idle" | "reaching" | "choosing" | "checking";

/** Proves by a key who one is: a text of the server is signed in NCALayer, good once and for a few minutes. */
export const useKeyChallenge = <T>({ askPath, answerPath, onDone }: KeyChallenge<T>) => {
  const locale = useLocale();
  const { data: session } = useQuery(sessionQuery);
  const [stage, setStage] = useState<ChallengeStage>("idle");
  const [error, setError] = useState<unknown>(null);
  const control = useRef<AbortController | null>(null);

  useEffect(() => () => control.current?.abort(), []);

  const run = async () => {
    const { signal } = (control.current = new AbortController());
    setError(null);
    setStage("reaching");
    try {
      const challenge = await api.post<EdsChallenge>(askPath, undefined, { signal });
      const cms = await signByNcaLayer(
        challenge.ncalayer_url,
        {
          data: fromBase64(challenge.data),
          // A key for signing in and a key for signing documents both say who their owner is.
          extKeyUsageOids: [],
          anyChain: session?.demo ?? false,
          withTimeStamp: false,
          locale,
        },
        { signal, onAsked: () => setStage("choosing") },
      );
      setStage("checking");
      onDone(await api.post<T>(answerPath, { id: challenge.id, cms }));
    } catch (failure) {
      setError(signal.aborted ? new NcaLayerError("cancelled") : failure);
    }
    setStage("idle");
  };
  return {
    stage,
    error,
    start: () => {
      if (stage === "idle") void run();
    },
    forget: () => setError(null),
    cancel: () => control.current?.abort(),
  };
};
