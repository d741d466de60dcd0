import { EMPTY_OFFER, OFFER_SPECS, type OfferName } from "@/components/schedules/offer-fields";
import { groupTypedMoney } from "@/lib/money";
import type { FieldSpec } from "@/lib/use-typed-fields";

export type CalculatorName = OfferName | "principal" | "interest" | "penalty" | "oldRate" | "oldMonths";

export const CALCULATOR_SPECS: Record<CalculatorName, FieldSpec> = {
  principal: { kind: "money", required: true },
  interest: { kind: "money" },
  penalty: { kind: "money" },
  oldRate: { kind: "percent", required: true },
  oldMonths: { kind: "whole", required: true },
  ...OFFER_SPECS,
};

export const EMPTY: Record<CalculatorName, string> = {
  principal: "",
  interest: "",
  penalty: "",
  oldRate: "",
  oldMonths: "",
  ...EMPTY_OFFER,
};

const NAMES = Object.keys(EMPTY) as CalculatorName[];
const MAX_LENGTH = 24;

/**
 * Figures of the calculator behind the `#` of its address: the link holds no person and is never sent to a server. What the fields
 * do not know is left out.
 */
export const fromHash = (hash: string): Record<CalculatorName, string> => {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  return Object.fromEntries(
    NAMES.map((name) => {
      const told = (given.get(name) ?? EMPTY[name]).slice(0, MAX_LENGTH);
      return [name, CALCULATOR_SPECS[name].kind === "money" ? groupTypedMoney(told) : told];
    }),
  ) as Record<CalculatorName, string>;
};

/** The same back; fields that stand as they begin are left out, spaces of sums too. */
export const toHash = (typed: Record<CalculatorName, string>): string => {
  const told = NAMES.filter((name) => typed[name] !== EMPTY[name]);
  return `#${new URLSearchParams(told.map((name) => [name, typed[name].replace(/[\s\u00a0]/g, "")]))}`;
};

export const isComplete = (typed: Record<CalculatorName, string>): boolean =>
  NAMES.every((name) => !CALCULATOR_SPECS[name].required || typed[name] !== "");
