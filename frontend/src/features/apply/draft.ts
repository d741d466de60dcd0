import * as z from "zod/mini";

import { newKey } from "@/lib/api-client";
import { LOCALES, type Locale } from "@/lib/i18n/locales";

/**
 * What a person has typed so far, exactly as typed: sums and dates stay text until the application is sent, so a half
 * word survives a reload. Unknown or broken parts of a stored draft fall back to empty instead of failing the whole.
 */
const typed = z.catch(z.string(), "");
const yesNo = z.catch(z.enum(["", "yes", "no"]), "");

export const CREDITOR_TYPES = [
  "BANK",
  "MFO",
  "COLLECTOR",
  "PAWNSHOP",
  "CREDIT_PARTNERSHIP",
  "SERVICER",
] as const;
export const OVERDUE_SOURCES = ["borrower", "document", "lender"] as const;

export const personShape = z.object({ full_name: typed, iin: typed });
export const contactShape = z.object({
  address: typed,
  email: typed,
  language: z.catch(z.enum(["", ...LOCALES]), ""),
});

export const debtShape = z.object({
  key: z.catch(z.string(), () => newKey()),
  creditor_id: z.catch(z.nullable(z.string()), null),
  creditor_name: typed,
  creditor_type: z.catch(z.enum(["", ...CREDITOR_TYPES]), ""),
  creditor_bin: typed,
  contract_number: typed,
  contract_date: typed,
  original_amount: typed,
  principal: typed,
  interest: typed,
  penalty: typed,
  monthly_payment: typed,
  rate: typed,
  term_months: typed,
  collateral: typed,
  has_overdue: yesNo,
  overdue_since: typed,
  overdue_source: z.catch(z.enum(["", ...OVERDUE_SOURCES]), ""),
});

export const incomeShape = z.object({ source: typed, monthly_now: typed, monthly_before: typed });
export const familyShape = z.object({
  dependents: typed,
  disabled_dependents: typed,
  social_aid: yesNo,
  avg2: typed,
  avg12: typed,
});
export const eventShape = z.object({
  key: z.catch(z.string(), () => newKey()),
  kind: typed,
  date: typed,
  text: typed,
  debt_key: typed,
});
export const hardshipShape = z.object({ code: typed, since: typed, text: typed });
export const reliefShape = z.object({
  kinds: z.catch(z.array(z.string()), []),
  defer_months: typed,
  new_term_months: typed,
  new_rate: typed,
  new_payment: typed,
  comment: typed,
});

/** A missing or broken part of the draft counts as an empty one. */
const draftShape = z.object({
  person: z.catch(personShape, () => personShape.parse({})),
  contact: z.catch(contactShape, () => contactShape.parse({})),
  debts: z.catch(z.array(debtShape), []),
  income: z.catch(incomeShape, () => incomeShape.parse({})),
  family: z.catch(familyShape, () => familyShape.parse({})),
  events: z.catch(z.array(eventShape), []),
  hardship: z.catch(hardshipShape, () => hardshipShape.parse({})),
  relief: z.catch(reliefShape, () => reliefShape.parse({})),
});

export type Draft = z.output<typeof draftShape>;
export type PersonDraft = Draft["person"];
export type ContactDraft = Draft["contact"];
export type DebtDraft = z.output<typeof debtShape>;
export type IncomeDraft = Draft["income"];
export type FamilyDraft = Draft["family"];
export type EventDraft = z.output<typeof eventShape>;
export type HardshipDraft = Draft["hardship"];
export type ReliefDraft = Draft["relief"];

export const readDraft = (stored: unknown): Draft =>
  draftShape.parse(typeof stored === "object" && stored !== null ? stored : {});

export const emptyDebt = (): DebtDraft => debtShape.parse({});
export const emptyEvent = (): EventDraft => eventShape.parse({});

export const emptyDraft = (locale: Locale): Draft => {
  const draft = readDraft({});
  return { ...draft, contact: { ...draft.contact, language: locale === "en" ? "" : locale } };
};

export const MAX_DEBTS = 20;
export const MAX_EVENTS = 50;
