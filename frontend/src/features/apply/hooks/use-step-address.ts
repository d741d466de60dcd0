"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

import { stepFromText, type StepRef, stepToText } from "../steps";

export interface StepAddress {
  step: StepRef | null;
  /** Opened from the review: answering leads back there. */
  isEdit: boolean;
}

const addressOf = (step: StepRef, isEdit: boolean) =>
  `?${new URLSearchParams({ step: stepToText(step), ...(isEdit ? { edit: "1" } : {}) })}`;

/** The page of the wizard lives in the address, so the phone's own «back» works and a reload stays in place. */
export const useStepAddress = () => {
  const params = useSearchParams();
  const address: StepAddress = { step: stepFromText(params.get("step")), isEdit: params.get("edit") === "1" };

  const go = useCallback((step: StepRef, options: { isEdit?: boolean; replace?: boolean } = {}) => {
    const target = addressOf(step, options.isEdit ?? false);
    if (options.replace) window.history.replaceState(null, "", target);
    else window.history.pushState(null, "", target);
    window.scrollTo(0, 0);
  }, []);

  return { address, go };
};
