import { parseTypedDate, toTypedDate } from "@/lib/dates";
import { parseTypedMoney } from "@/lib/money";

import type { OfferTermsInput } from "./types";

/** Terms as typed. */
export interface TypedTerms {
  rate: string;
  months: string;
  defer: string;
  payment: string;
  first: string;
  forgivePrincipal: string;
  forgiveInterest: string;
  forgivePenalty: string;
}

/** The first payment is usually in a month. */
export const emptyTerms = (today: string): TypedTerms => {
  const [year = 2026, month = 1, day = 1] = today.split("-").map(Number);
  const next = new Date(Date.UTC(year, month, Math.min(day, 28))).toISOString().slice(0, 10);
  return {
    rate: "",
    months: "",
    defer: "",
    payment: "",
    first: toTypedDate(next),
    forgivePrincipal: "",
    forgiveInterest: "",
    forgivePenalty: "",
  };
};

const whole = (typed: string): number => (typed.trim() === "" ? 0 : Number(typed.replace(/\s/g, "")));

const decimal = (typed: string): number | null =>
  typed.trim() === "" ? null : Number(typed.replace(",", ".").replace(/[\s%]/g, ""));

/** What the server takes; null when there is nothing yet to reckon with. */
export const termsOf = (typed: TypedTerms): OfferTermsInput | null => {
  const months = whole(typed.months);
  const first = parseTypedDate(typed.first);
  const rate = decimal(typed.rate);
  if (!Number.isInteger(months) || months < 1 || !first || Number.isNaN(rate)) return null;
  return {
    term_months: months,
    first_payment_on: first,
    rate_percent: rate,
    defer_months: whole(typed.defer) || 0,
    payment_tiyn: parseTypedMoney(typed.payment),
    forgive_principal_tiyn: parseTypedMoney(typed.forgivePrincipal) ?? 0,
    forgive_interest_percent: whole(typed.forgiveInterest) || 0,
    forgive_penalty_percent: whole(typed.forgivePenalty) || 0,
  } as OfferTermsInput;
};
