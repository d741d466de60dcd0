import type { Locale } from "next-intl";

import { formatDate, formatMoney } from "@/lib/format";

import type { Finding, FindingValue, Reading } from "./types";

export const PARTS = [
  "principal_tiyn",
  "interest_tiyn",
  "penalty_tiyn",
  "fees_tiyn",
  "overdue_tiyn",
] as const;
export type Part = (typeof PARTS)[number];

/** A value that is one word, day or sum; null for the parts of a debt, which are shown as a list. */
export const shownValue = (value: FindingValue, locale: Locale): string | null => {
  if (value.text !== null) return value.text;
  if (value.tiyn !== null) return formatMoney(value.tiyn);
  if (value.percent !== null) return `${value.percent.replace(".", locale === "en" ? "." : ",")}\u00a0%`;
  if (value.on !== null) return formatDate(value.on, locale);
  return null;
};

export const isOffered = ({ state }: Finding) => state === "offered";

/** What agrees with the case needs nobody's word; only the rest is asked about. */
export const needsWord = (finding: Finding) =>
  isOffered(finding) && finding.fits !== "same" && !(finding.compared_only && finding.fits !== "differs");

export const openOf = (reading: Reading): Finding[] => reading.findings.filter(needsWord);
export const agreedOf = (reading: Reading): Finding[] =>
  reading.findings.filter((finding) => isOffered(finding) && finding.fits === "same");
export const decidedOf = (reading: Reading): Finding[] =>
  reading.findings.filter((finding) => !isOffered(finding));
