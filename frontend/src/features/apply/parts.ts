import type { Draft } from "./draft";
import { incompleteSteps, type PlacedError } from "./submission";
import { type SectionName, sectionOf, type StepName, type StepRef } from "./steps";

/** Parts of the long form, in order, as they stand in its list. */
export const PARTS = ["person", "debts", "income", "events", "reason", "request"] as const;
export type PartName = (typeof PARTS)[number];

const PART_OF: Partial<Record<SectionName, PartName>> = {
  you: "person",
  debts: "debts",
  income: "income",
  events: "events",
  reason: "reason",
  request: "request",
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

export const partOf = (step: StepRef): PartName | null => PART_OF[sectionOf(step)] ?? null;

/** `debt-0`, `event-2`, `person`: ids of fields begin with it. */
export const formOf = (step: StepRef): string => {
  if (partOf(step) === "debts") return `debt-${step.index ?? 0}`;
  if (partOf(step) === "events") return `event-${step.index ?? 0}`;
  return FORM_OF[step.name] ?? "";
};

export const errorsOfForm = (errors: readonly PlacedError[], form: string): PlacedError[] =>
  errors.filter((error) => error.field !== "" && formOf(error.step) === form);

/** Parts in which something is missing or wrong, each once. */
export const incompleteParts = (draft: Draft, today: string): ReadonlySet<PartName> =>
  new Set(incompleteSteps(draft, today).flatMap((step) => partOf(step) ?? []));
