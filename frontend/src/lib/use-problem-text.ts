"use client";

import { useTranslations } from "next-intl";

import { hasCode, isProblem } from "@/lib/problem";
import { PROOF_CANCELLED } from "@/lib/proof";

/** A failure in words for a person. The server's own sentence is preferred: it is in the caller's language. */
export const useProblemText = () => {
  const t = useTranslations("problems");
  return (error: unknown): string => {
    if (!isProblem(error)) return t("unknown");
    if (hasCode(error, PROOF_CANCELLED)) return t("proofCancelled");
    if (error.status === 0) return t("network");
    if (error.status === 401) return t("signedOut");
    if (error.status === 429) return error.detail || t("throttled");
    if (error.status >= 500)
      return error.requestId ? t("serverWithId", { id: error.requestId }) : t("server");
    return error.detail || error.title || t("unknown");
  };
};
