import type { Draft } from "./draft";

export const STEP_NAMES = [
  "person",
  "contact",
  "creditor",
  "contract",
  "amounts",
  "payment",
  "overdue",
  "debts",
  "income",
  "family",
  "events",
  "event",
  "hardship",
  "story",
  "relief",
  "relief-numbers",
  "consents",
  "agreement",
  "review",
] as const;

export type StepName = (typeof STEP_NAMES)[number];

/** One page of the wizard; `index` names the debt or the event where there may be several. */
export interface StepRef {
  name: StepName;
  index?: number;
}

export const DEBT_STEPS = ["creditor", "contract", "amounts", "payment", "overdue"] as const;

export const SECTIONS = [
  "you",
  "debts",
  "income",
  "events",
  "reason",
  "request",
  "consents",
  "review",
] as const;
export type SectionName = (typeof SECTIONS)[number];

const SECTION_OF: Record<StepName, SectionName> = {
  person: "you",
  contact: "you",
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
  consents: "consents",
  agreement: "consents",
  review: "review",
};

export const sectionOf = (step: StepRef): SectionName => SECTION_OF[step.name];

const isStepName = (value: string): value is StepName => STEP_NAMES.some((name) => name === value);

/** The pages in order for this draft. Adding an event is a side page and not part of the line. */
export const sequence = (draft: Draft): StepRef[] => {
  const debtCount = Math.max(1, draft.debts.length);
  const debts = Array.from({ length: debtCount }, (_, index) =>
    DEBT_STEPS.map((name): StepRef => ({ name, index })),
  ).flat();
  const rest: StepName[] = [
    "debts",
    "income",
    "family",
    "events",
    "hardship",
    "story",
    "relief",
    "relief-numbers",
    "consents",
    "agreement",
    "review",
  ];
  return [{ name: "person" }, { name: "contact" }, ...debts, ...rest.map((name): StepRef => ({ name }))];
};

export const isSameStep = (one: StepRef, other: StepRef) =>
  one.name === other.name && (one.index ?? 0) === (other.index ?? 0);

const position = (draft: Draft, step: StepRef) => sequence(draft).findIndex((item) => isSameStep(item, step));

export const stepAfter = (draft: Draft, step: StepRef): StepRef => {
  if (step.name === "event") return { name: "events" };
  const next = sequence(draft)[position(draft, step) + 1] ?? { name: "review" };
  // The pages of a debt end in the list of debts; the next debt is entered from there.
  return step.name === "overdue" ? { name: "debts" } : next;
};

export const stepBefore = (draft: Draft, step: StepRef): StepRef | null => {
  if (step.name === "event") return { name: "events" };
  if (step.name === "creditor" && (step.index ?? 0) > 0) return { name: "debts" };
  return sequence(draft)[position(draft, step) - 1] ?? null;
};

/** Share of the way that is behind, 0…1. */
export const progressOf = (draft: Draft, step: StepRef): number => {
  const all = sequence(draft);
  const at = position(draft, step.name === "event" ? { name: "events" } : step);
  return Math.max(0, at) / Math.max(1, all.length - 1);
};

/** As it stands in the address and in the saved draft: `person`, `amounts.2` (people count from one). */
export const stepToText = (step: StepRef): string =>
  step.index === undefined ? step.name : `${step.name}.${step.index + 1}`;

export const stepFromText = (text: string | null | undefined): StepRef | null => {
  const [name = "", number] = (text ?? "").split(".");
  if (!isStepName(name)) return null;
  if (number === undefined) return { name };
  const index = Number(number) - 1;
  return Number.isInteger(index) && index >= 0 ? { name, index } : null;
};
