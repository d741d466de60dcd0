"use client";

import { useTranslations } from "next-intl";

import type { StaffQueue } from "./queries";

export const TRACK_KINDS = [
  "RESTRUCTURING",
  "COLLECTOR_COMPLAINT",
  "OMBUDSMAN",
  "REGULATOR",
  "NOTARY_OBJECTION",
  "MEDIATION",
  "BANKRUPTCY_EXTRAJUDICIAL",
  "BANKRUPTCY_JUDICIAL",
  "SOLVENCY_RESTORATION",
  "COURT_SUPPORT",
  "CONSULTATION",
] as const;
export const CREDITOR_TYPES = [
  "BANK",
  "MFO",
  "PAWNSHOP",
  "CREDIT_PARTNERSHIP",
  "COLLECTOR",
  "SERVICER",
] as const;
export const LANGUAGES = ["ru", "kk", "en"] as const;
export const URGENCIES = ["1", "2", "3", "4"] as const;

/** Which cases fall to a queue, in one sentence. */
export const useRuleText = () => {
  const t = useTranslations("staffQueues.rule");
  return (rule: StaffQueue["rule"]): string => {
    const parts = [
      ...(rule.track_kinds ?? []).map((code) => t(`tracks.${code}`)),
      ...(rule.creditor_types ?? []).map((code) => t(`creditors.${code}`)),
      ...(rule.languages ?? []).map((code) => t(`languages.${code}`)),
      ...(rule.urgencies ?? []).map((level) => t("urgency", { level })),
    ];
    return parts.length > 0 ? parts.join(", ") : t("everything");
  };
};
