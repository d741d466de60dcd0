import * as z from "zod/mini";

import { parseTypedDate } from "@/lib/dates";
import { type IinProblem, iinProblem } from "@/lib/iin";
import { parseTypedMoney } from "@/lib/money";

import { FUTURE_EVENTS, isEventKind } from "./codes";
import type {
  ContactDraft,
  DebtDraft,
  EventDraft,
  FamilyDraft,
  HardshipDraft,
  IncomeDraft,
  PersonDraft,
  ReliefDraft,
} from "./draft";

/** Every message is a key under `apply.errors`. The schemas check text as typed; the server stays the judge. */
export const ERROR_KEYS = [
  "required",
  "choose",
  "chooseOne",
  "name",
  "iinLength",
  "iinDigits",
  "iinInvalid",
  "email",
  "address",
  "creditor",
  "creditorType",
  "bin",
  "contractNumber",
  "date",
  "dateFuture",
  "dateOld",
  "overdueBeforeContract",
  "money",
  "moneyRequired",
  "moneyZero",
  "months",
  "rate",
  "count",
  "countDisabled",
  "story",
  "tooLong",
  "agree",
] as const;
export type ErrorKey = (typeof ERROR_KEYS)[number];

export const isErrorKey = (value: string): value is ErrorKey => ERROR_KEYS.some((key) => key === value);

type Context<T> = { value: T; issues: z.core.$ZodRawIssue[] };

const fail = <T>(context: Context<T>, field: keyof T & string, message: ErrorKey) => {
  context.issues.push({ code: "custom", message, path: [field], input: context.value });
};

const hasControl = (text: string) => /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text);

const checkText = <T>(
  context: Context<T>,
  field: keyof T & string,
  text: string,
  rule: { missing?: ErrorKey; max: number },
) => {
  if (rule.missing && (text.trim() === "" || hasControl(text))) fail(context, field, rule.missing);
  else if (text.length > rule.max) fail(context, field, "tooLong");
};

const OLDEST_DAY = "1990-01-01";

const checkDate = <T>(
  context: Context<T>,
  field: keyof T & string,
  text: string,
  rule: { today: string; required: boolean; future?: boolean },
): string | null => {
  if (text.trim() === "" && !rule.required) return null;
  const iso = parseTypedDate(text);
  if (!iso) fail(context, field, "date");
  else if (iso < OLDEST_DAY) fail(context, field, "dateOld");
  else if (!rule.future && iso > rule.today) fail(context, field, "dateFuture");
  else return iso;
  return null;
};

const checkMoney = <T>(
  context: Context<T>,
  field: keyof T & string,
  text: string,
  rule: { required?: boolean; positive?: boolean } = {},
) => {
  if (text.trim() === "") {
    if (rule.required) fail(context, field, "moneyRequired");
    return;
  }
  const tiyn = parseTypedMoney(text);
  if (tiyn === null) fail(context, field, "money");
  else if (rule.positive && tiyn === 0) fail(context, field, "moneyZero");
};

const checkWhole = <T>(
  context: Context<T>,
  field: keyof T & string,
  text: string,
  rule: { min: number; max: number; required?: boolean; message: ErrorKey },
) => {
  const value = text.trim();
  if (value === "" && !rule.required) return;
  const number = Number(value);
  if (!/^\d{1,4}$/.test(value) || number < rule.min || number > rule.max) fail(context, field, rule.message);
};

const checkRate = <T>(context: Context<T>, field: keyof T & string, text: string) => {
  const value = text.replace("%", "").trim().replace(",", ".");
  if (value === "") return;
  const number = Number(value);
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(value) || number > 999) fail(context, field, "rate");
};

const schemaOf = <T>(check: (context: Context<T>) => void) =>
  z.custom<T>().check((context) => check(context));

const IIN_ERRORS: Record<IinProblem, ErrorKey> = {
  length: "iinLength",
  not_digits: "iinDigits",
  invalid: "iinInvalid",
};

export const personSchema = schemaOf<PersonDraft>((context) => {
  const { full_name: name, iin } = context.value;
  const isName = /^[\p{L}][\p{L}\s'’\-.]*$/u.test(name.trim()) && name.trim().split(/\s+/).length >= 2;
  if (!isName) fail(context, "full_name", "name");
  else checkText(context, "full_name", name, { max: 200 });
  const trouble = iinProblem(iin);
  if (trouble) fail(context, "iin", IIN_ERRORS[trouble]);
});

export const contactSchema = schemaOf<ContactDraft>((context) => {
  const { address, email, language } = context.value;
  checkText(context, "address", address, { missing: "address", max: 500 });
  if (email.trim() !== "" && !/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(email.trim()))
    fail(context, "email", "email");
  if (language === "") fail(context, "language", "choose");
});

export const creditorSchema = schemaOf<DebtDraft>((context) => {
  const debt = context.value;
  checkText(context, "creditor_name", debt.creditor_name, { missing: "creditor", max: 300 });
  if (debt.creditor_name.trim() !== "" && debt.creditor_type === "")
    fail(context, "creditor_type", "creditorType");
  if (debt.creditor_bin.trim() !== "" && !/^\d{12}$/.test(debt.creditor_bin.replace(/\s/g, ""))) {
    fail(context, "creditor_bin", "bin");
  }
});

export const contractSchema = (today: string) =>
  schemaOf<DebtDraft>((context) => {
    const debt = context.value;
    checkText(context, "contract_number", debt.contract_number, { missing: "contractNumber", max: 100 });
    checkDate(context, "contract_date", debt.contract_date, { today, required: true });
    checkMoney(context, "original_amount", debt.original_amount);
  });

export const amountsSchema = schemaOf<DebtDraft>((context) => {
  const debt = context.value;
  checkMoney(context, "principal", debt.principal, { required: true, positive: true });
  checkMoney(context, "interest", debt.interest);
  checkMoney(context, "penalty", debt.penalty);
});

export const paymentSchema = schemaOf<DebtDraft>((context) => {
  const debt = context.value;
  checkMoney(context, "monthly_payment", debt.monthly_payment);
  checkRate(context, "rate", debt.rate);
  checkWhole(context, "term_months", debt.term_months, { min: 1, max: 600, message: "months" });
  checkText(context, "collateral", debt.collateral, { max: 500 });
});

export const overdueSchema = (today: string) =>
  schemaOf<DebtDraft>((context) => {
    const debt = context.value;
    if (debt.has_overdue === "") fail(context, "has_overdue", "choose");
    if (debt.has_overdue !== "yes") return;
    const since = checkDate(context, "overdue_since", debt.overdue_since, { today, required: true });
    const signed = parseTypedDate(debt.contract_date);
    if (since && signed && since < signed) fail(context, "overdue_since", "overdueBeforeContract");
    if (debt.overdue_source === "") fail(context, "overdue_source", "choose");
  });

export const incomeSchema = schemaOf<IncomeDraft>((context) => {
  checkText(context, "source", context.value.source, { missing: "required", max: 300 });
  checkMoney(context, "monthly_now", context.value.monthly_now, { required: true });
  checkMoney(context, "monthly_before", context.value.monthly_before, { required: true });
});

export const familySchema = schemaOf<FamilyDraft>((context) => {
  const family = context.value;
  checkWhole(context, "dependents", family.dependents, { min: 0, max: 30, required: true, message: "count" });
  checkWhole(context, "disabled_dependents", family.disabled_dependents, {
    min: 0,
    max: 30,
    message: "count",
  });
  if (Number(family.disabled_dependents) > Number(family.dependents)) {
    fail(context, "disabled_dependents", "countDisabled");
  }
  if (family.social_aid === "") fail(context, "social_aid", "choose");
  checkMoney(context, "avg2", family.avg2);
  checkMoney(context, "avg12", family.avg12);
});

export const eventSchema = (today: string) =>
  schemaOf<EventDraft>((context) => {
    const event = context.value;
    if (!isEventKind(event.kind)) fail(context, "kind", "choose");
    checkDate(context, "date", event.date, { today, required: true, future: FUTURE_EVENTS.has(event.kind) });
    checkText(context, "text", event.text, { max: 2000 });
  });

export const hardshipSchema = (today: string) =>
  schemaOf<HardshipDraft>((context) => {
    if (context.value.code === "") fail(context, "code", "choose");
    const future = context.value.code === "EXPECTED_INCOME_DROP";
    checkDate(context, "since", context.value.since, { today, required: true, future });
  });

export const storySchema = schemaOf<HardshipDraft>((context) => {
  checkText(context, "text", context.value.text, { missing: "story", max: 4000 });
});

export const reliefSchema = schemaOf<ReliefDraft>((context) => {
  if (context.value.kinds.length === 0) fail(context, "kinds", "chooseOne");
});

export const reliefNumbersSchema = schemaOf<ReliefDraft>((context) => {
  const relief = context.value;
  const wants = (kind: string) => relief.kinds.includes(kind);
  checkWhole(context, "defer_months", relief.defer_months, {
    min: 1,
    max: 36,
    required: wants("DEFERRAL"),
    message: "months",
  });
  checkWhole(context, "new_term_months", relief.new_term_months, {
    min: 1,
    max: 600,
    required: wants("TERM_EXTENDED"),
    message: "months",
  });
  checkRate(context, "new_rate", relief.new_rate);
  checkMoney(context, "new_payment", relief.new_payment);
  checkText(context, "comment", relief.comment, { max: 2000 });
});
