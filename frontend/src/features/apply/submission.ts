import type { CaseSubmission, CreditorType, ObligationInput, OverdueSource } from "@/api/types";
import { parseTypedDate } from "@/lib/dates";
import { compactDigits } from "@/lib/iin";
import { parseTypedMoney } from "@/lib/money";
import type { FieldError } from "@/lib/problem";

import { isEventKind, isReliefKind } from "./codes";
import type { DebtDraft, Draft } from "./draft";
import {
  amountsSchema,
  contactSchema,
  contractSchema,
  creditorSchema,
  eventSchema,
  familySchema,
  hardshipSchema,
  incomeSchema,
  overdueSchema,
  paymentSchema,
  personSchema,
  reliefNumbersSchema,
  reliefSchema,
  storySchema,
} from "./schemas";
import type { StepName, StepRef } from "./steps";

const text = (value: string): string | null => value.trim() || null;
const money = (value: string): number => parseTypedMoney(value) ?? 0;
const moneyOrNull = (value: string): number | null => (value.trim() === "" ? null : parseTypedMoney(value));
const whole = (value: string): number => Number(value.trim() || 0);
const wholeOrNull = (value: string): number | null => (value.trim() === "" ? null : Number(value.trim()));
/** Percents travel as digits, so that no rounding of floats can touch them. */
const rateOrNull = (value: string): string | null => value.replace("%", "").trim().replace(",", ".") || null;
const date = (value: string): string => parseTypedDate(value) ?? value.trim();

const obligation = (debt: DebtDraft): ObligationInput => {
  const isOverdue = debt.has_overdue === "yes";
  const type: CreditorType = debt.creditor_type === "" ? "BANK" : debt.creditor_type;
  const source: OverdueSource = debt.overdue_source === "" ? "borrower" : debt.overdue_source;
  return {
    creditor_id: debt.creditor_id,
    creditor_name: debt.creditor_name.trim(),
    creditor_type: type,
    creditor_bin: text(debt.creditor_bin.replace(/\s/g, "")),
    contract_number: debt.contract_number.trim(),
    contract_date: date(debt.contract_date),
    original_amount_tiyn: moneyOrNull(debt.original_amount),
    principal_tiyn: money(debt.principal),
    interest_tiyn: money(debt.interest),
    penalty_tiyn: money(debt.penalty),
    monthly_payment_tiyn: moneyOrNull(debt.monthly_payment),
    rate_percent: rateOrNull(debt.rate),
    term_months: wholeOrNull(debt.term_months),
    overdue_since: isOverdue ? date(debt.overdue_since) : null,
    overdue_since_source: source,
    collateral: text(debt.collateral),
  };
};

/** The whole draft in the words of the API. Call it only when `missingSteps` is empty. */
export const toSubmission = (draft: Draft): CaseSubmission => ({
  applicant: {
    full_name: draft.person.full_name.trim().replace(/\s+/g, " "),
    iin: compactDigits(draft.person.iin),
    email: text(draft.contact.email),
    address: draft.contact.address.trim(),
    language: draft.contact.language === "" ? "ru" : draft.contact.language,
  },
  obligations: draft.debts.map(obligation),
  income: {
    source: draft.income.source.trim(),
    monthly_now_tiyn: money(draft.income.monthly_now),
    monthly_before_tiyn: money(draft.income.monthly_before),
    avg12_tiyn: moneyOrNull(draft.family.avg12),
    avg2_tiyn: moneyOrNull(draft.family.avg2),
    dependents: whole(draft.family.dependents),
    disabled_dependents: whole(draft.family.disabled_dependents),
    targeted_social_aid: draft.family.social_aid === "yes",
  },
  assets: [],
  events: draft.events.flatMap(({ kind, date: day, text: words, debt_key: debtKey }) => {
    if (!isEventKind(kind)) return [];
    const index = draft.debts.findIndex((debt) => debt.key === debtKey);
    return [{ kind, date: date(day), text: words.trim(), obligation: index < 0 ? null : index }];
  }),
  hardship: {
    code: draft.hardship.code,
    since: date(draft.hardship.since),
    text: draft.hardship.text.trim(),
  },
  relief: {
    kinds: draft.relief.kinds.filter(isReliefKind),
    defer_months: wholeOrNull(draft.relief.defer_months),
    new_term_months: wholeOrNull(draft.relief.new_term_months),
    new_rate_percent: rateOrNull(draft.relief.new_rate),
    new_payment_tiyn: moneyOrNull(draft.relief.new_payment),
    comment: text(draft.relief.comment),
  },
});

/** Pages whose answers are missing or wrong, in order. */
export const incompleteSteps = (draft: Draft, today: string): StepRef[] => {
  const found: StepRef[] = [];
  const check = (isFine: boolean, step: StepRef) => {
    if (!isFine) found.push(step);
  };
  check(personSchema.safeParse(draft.person).success, { name: "person" });
  check(contactSchema.safeParse(draft.contact).success, { name: "contact" });
  if (draft.debts.length === 0) found.push({ name: "creditor", index: 0 });
  draft.debts.forEach((debt, index) => {
    check(creditorSchema.safeParse(debt).success, { name: "creditor", index });
    check(contractSchema(today).safeParse(debt).success, { name: "contract", index });
    check(amountsSchema.safeParse(debt).success, { name: "amounts", index });
    check(paymentSchema.safeParse(debt).success, { name: "payment", index });
    check(overdueSchema(today).safeParse(debt).success, { name: "overdue", index });
  });
  check(incomeSchema.safeParse(draft.income).success, { name: "income" });
  check(familySchema.safeParse(draft.family).success, { name: "family" });
  draft.events.forEach((event, index) =>
    check(eventSchema(today).safeParse(event).success, { name: "event", index }),
  );
  check(hardshipSchema(today).safeParse(draft.hardship).success, { name: "hardship" });
  check(storySchema.safeParse(draft.hardship).success, { name: "story" });
  check(reliefSchema.safeParse(draft.relief).success, { name: "relief" });
  check(reliefNumbersSchema.safeParse(draft.relief).success, { name: "relief-numbers" });
  return found;
};

interface FieldPlace {
  step: StepName;
  field: string;
}

const DEBT_FIELDS: Record<string, FieldPlace> = {
  creditor_id: { step: "creditor", field: "creditor_name" },
  creditor_name: { step: "creditor", field: "creditor_name" },
  creditor_type: { step: "creditor", field: "creditor_type" },
  creditor_bin: { step: "creditor", field: "creditor_bin" },
  contract_number: { step: "contract", field: "contract_number" },
  contract_date: { step: "contract", field: "contract_date" },
  original_amount_tiyn: { step: "contract", field: "original_amount" },
  principal_tiyn: { step: "amounts", field: "principal" },
  interest_tiyn: { step: "amounts", field: "interest" },
  penalty_tiyn: { step: "amounts", field: "penalty" },
  monthly_payment_tiyn: { step: "payment", field: "monthly_payment" },
  rate_percent: { step: "payment", field: "rate" },
  term_months: { step: "payment", field: "term_months" },
  collateral: { step: "payment", field: "collateral" },
  overdue_since: { step: "overdue", field: "overdue_since" },
  overdue_since_source: { step: "overdue", field: "overdue_source" },
};

const SINGLE_FIELDS: Record<string, FieldPlace> = {
  "applicant/full_name": { step: "person", field: "full_name" },
  "applicant/iin": { step: "person", field: "iin" },
  "applicant/email": { step: "contact", field: "email" },
  "applicant/address": { step: "contact", field: "address" },
  "applicant/language": { step: "contact", field: "language" },
  "income/source": { step: "income", field: "source" },
  "income/monthly_now_tiyn": { step: "income", field: "monthly_now" },
  "income/monthly_before_tiyn": { step: "income", field: "monthly_before" },
  "income/avg12_tiyn": { step: "family", field: "avg12" },
  "income/avg2_tiyn": { step: "family", field: "avg2" },
  "income/dependents": { step: "family", field: "dependents" },
  "income/disabled_dependents": { step: "family", field: "disabled_dependents" },
  "income/targeted_social_aid": { step: "family", field: "social_aid" },
  "hardship/code": { step: "hardship", field: "code" },
  "hardship/since": { step: "hardship", field: "since" },
  "hardship/text": { step: "story", field: "text" },
  "relief/kinds": { step: "relief", field: "kinds" },
  "relief/defer_months": { step: "relief-numbers", field: "defer_months" },
  "relief/new_term_months": { step: "relief-numbers", field: "new_term_months" },
  "relief/new_rate_percent": { step: "relief-numbers", field: "new_rate" },
  "relief/new_payment_tiyn": { step: "relief-numbers", field: "new_payment" },
  "relief/comment": { step: "relief-numbers", field: "comment" },
};

export interface PlacedError {
  step: StepRef;
  /** Empty when the page is known but not the field. */
  field: string;
  detail: string;
}

/** The page and field that an error of the server belongs to; null when the pointer is not of the form. */
export const placeError = ({ pointer, detail }: FieldError): PlacedError | null => {
  const [, group = "", second = "", third = ""] = pointer.split("/");
  if (group === "obligations" || group === "events") {
    if (second === "") return { step: { name: group === "events" ? "events" : "debts" }, field: "", detail };
    const index = Number(second);
    if (!Number.isInteger(index)) return null;
    if (group === "events") {
      return { step: { name: "event", index }, field: third === "obligation" ? "debt_key" : third, detail };
    }
    const place = DEBT_FIELDS[third];
    return place
      ? { step: { name: place.step, index }, field: place.field, detail }
      : { step: { name: "debts" }, field: "", detail };
  }
  // Items of a list (`/relief/kinds/0`) belong to the field that holds the list.
  const place = SINGLE_FIELDS[`${group}/${second}`];
  return place ? { step: { name: place.step }, field: place.field, detail } : null;
};
