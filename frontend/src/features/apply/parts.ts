import type { Draft } from "./draft";
import { incompleteSteps, type PlacedError } from "./submission";
import type { StepName, StepRef } from "./steps";

/** Parts of the long form, in order, as they stand in its list. */
export const PARTS = ["person", "debts", "income", "events", "reason", "request"] as const;
export type PartName = (typeof PARTS)[number];

const PART_OF: Record<StepName, PartName | null> = {
  person: "person",
  contact: "person",
  creditor: "debts",
  contract: "debts",
  amounts: "debts",
  payment: "debts",
  overdue: "debts",
  debts: "debts",
  income: "income",
  family: "income",
  events: "events",
  event: "events",
  hardship: "reason",
  story: "reason",
  relief: "request",
  "relief-numbers": "request",
  consents: null,
  agreement: null,
  review: null,
};

/** Which form of fields a page of the wizard belongs to; several pages may be one form. */
const FORM_OF: Partial<Record<StepName, string>> = {
  person: "person",
  contact: "contact",
  income: "income",
  family: "family",
  hardship: "hardship",
  story: "hardship",
  relief: "relief",
  "relief-numbers": "relief",
};

export const partOf = (step: StepRef): PartName | null => PART_OF[step.name];

/** `debt-0`, `event-2`, `person`: ids of fields begin with it. */
export const formOf = ({ name, index }: StepRef): string => {
  if (PART_OF[name] === "debts") return `debt-${index ?? 0}`;
  if (PART_OF[name] === "events") return `event-${index ?? 0}`;
  return FORM_OF[name] ?? "";
};

export const errorsOfForm = (errors: readonly PlacedError[], form: string): PlacedError[] =>
  errors.filter((error) => error.field !== "" && formOf(error.step) === form);

/** Parts in which something is missing or wrong, each once. */
export const incompleteParts = (draft: Draft, today: string): ReadonlySet<PartName> =>
  new Set(incompleteSteps(draft, today).flatMap((step) => partOf(step) ?? []));
