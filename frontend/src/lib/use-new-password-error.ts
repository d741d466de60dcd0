"use client";

import { useTranslations } from "next-intl";

import { isProblem } from "@/lib/problem";
import type { PasswordFault } from "@/lib/password-rules";

/** What to say under a new password: our own finding first, then the server's. */
export const useNewPasswordError = () => {
  const t = useTranslations("common.password");
  return (fault: PasswordFault | undefined, error: unknown): string | undefined => {
    if (fault) return t(`faults.${fault}`);
    const refused = isProblem(error) ? error.fieldError("/password") : undefined;
    if (!refused) return undefined;
    return refused.detail || t("faults.refused");
  };
};
