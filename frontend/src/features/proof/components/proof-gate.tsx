"use client";

import { type ComponentType, useEffect, useState } from "react";

import { Problem } from "@/lib/problem";
import { registerProofAsker } from "@/lib/proof";

export interface ProofDialogProps {
  /** True once the server accepted a proof, false when the person closed the question. */
  onSettle: (isProven: boolean) => void;
}

interface Question {
  Dialog: ComponentType<ProofDialogProps>;
  settle: (isProven: boolean) => void;
}

/** Stands on every page and weighs nothing: the question itself is fetched when the server first asks for a proof. */
export const ProofGate = () => {
  const [question, setQuestion] = useState<Question | null>(null);

  useEffect(() => {
    let leave: ((isProven: boolean) => void) | null = null;
    const unregister = registerProofAsker(async () => {
      // Without a line the question cannot be shown; the form then says so and keeps what was typed.
      const { ProofDialog } = await import("./proof-dialog").catch(() => {
        throw Problem.network();
      });
      return new Promise<boolean>((settle) => {
        leave = settle;
        setQuestion({ Dialog: ProofDialog, settle });
      });
    });
    return () => {
      unregister();
      leave?.(false);
    };
  }, []);

  if (!question) return null;
  const { Dialog, settle } = question;
  return (
    <Dialog
      onSettle={(isProven) => {
        setQuestion(null);
        settle(isProven);
      }}
    />
  );
};
