import { z } from "zod";

import { newKey } from "@/lib/api-client";
import { LOCALES, type Locale } from "@/lib/i18n/locales";

/**
 * What a person has typed so far, exactly as typed: sums and dates stay text until the application is sent, so a half
 * word survives a reload. Unknown or broken parts of a stored draft fall back to empty instead of failing the whole.
 */
const typed = z.string().catch("");
const yesNo = z.enum(["", "yes", "no"]).catch("");

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
  language: z.enum(["", ...LOCALES]).catch(""),
});

export const debtShape = z.object({
  key: z.string().catch(() => newKey()),
  creditor_id: z.string().nullable().catch(null),
  creditor_name: typed,
  creditor_type: z.enum(["", ...CREDITOR_TYPES]).catch(""),
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
  overdue_source: z.enum(["", ...OVERDUE_SOURCES]).catch(""),
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
  key: z.string().catch(() => newKey()),
  kind: typed,
  date: typed,
  text: typed,
  debt_key: typed,
});
export const hardshipShape = z.object({ code: typed, since: typed, text: typed });
export const reliefShape = z.object({
  kinds: z.array(z.string()).catch([]),
  defer_months: typed,
  new_term_months: typed,
  new_rate: typed,
  new_payment: typed,
  comment: typed,
});

const part = <T extends z.ZodType>(schema: T) => z.preprocess((value) => value ?? {}, schema);

export const draftShape = z.preprocess(
  (value) => (typeof value === "object" && value !== null ? value : {}),
  z.object({
    person: part(personShape),
    contact: part(contactShape),
    debts: z.array(debtShape).catch([]),
    income: part(incomeShape),
    family: part(familyShape),
    events: z.array(eventShape).catch([]),
    hardship: part(hardshipShape),
    relief: part(reliefShape),
  }),
);

export type Draft = z.output<typeof draftShape>;
export type PersonDraft = Draft["person"];
export type ContactDraft = Draft["contact"];
export type DebtDraft = z.output<typeof debtShape>;
export type IncomeDraft = Draft["income"];
export type FamilyDraft = Draft["family"];
export type EventDraft = z.output<typeof eventShape>;
export type HardshipDraft = Draft["hardship"];
export type ReliefDraft = Draft["relief"];

export const readDraft = (stored: unknown): Draft => draftShape.parse(stored);

export const emptyDebt = (): DebtDraft => debtShape.parse({});
export const emptyEvent = (): EventDraft => eventShape.parse({});

export const emptyDraft = (locale: Locale): Draft => {
  const draft = readDraft({});
  return { ...draft, contact: { ...draft.contact, language: locale === "en" ? "" : locale } };
};

export const MAX_DEBTS = 20;
export const MAX_EVENTS = 50;
