"use client";

import { useEffect, useRef, useState } from "react";

import type { SignatureCheck } from "@/api/types";

export interface ToWorker {
  archive: ArrayBuffer;
}

export type FromWorker =
  | { stage: "checking" | "failed" }
  /** How many bytes of the program have come. */
  | { stage: "loading"; loaded: number }
  | { stage: "done"; report: SignatureCheck };

export type CheckState = { stage: "idle" } | FromWorker;

const begin = () => new Worker("/evidence-checker/worker.mjs", { type: "module" });

/** The check in a worker of this page: begun when first asked for, kept so that the next archive needs no network. */
export const useBrowserCheck = () => {
  const [state, setState] = useState<CheckState>({ stage: "idle" });
  const worker = useRef<Worker | null>(null);
  useEffect(() => () => worker.current?.terminate(), []);

  const check = async (file: File) => {
    setState({ stage: "loading", loaded: 0 });
    try {
      worker.current ??= begin();
      worker.current.onmessage = ({ data }: MessageEvent<FromWorker>) => setState(data);
      worker.current.onerror = () => setState({ stage: "failed" });
      const archive = await file.arrayBuffer();
      worker.current.postMessage({ archive } satisfies ToWorker, [archive]);
    } catch {
      setState({ stage: "failed" });
    }
  };
  return { state, check, reset: () => setState({ stage: "idle" }) };
};
