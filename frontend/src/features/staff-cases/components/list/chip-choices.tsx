"use client";

import { Check } from "lucide-react";
import { type ReactNode, useId } from "react";

import { cn } from "@/lib/cn";

export interface ChipChoice {
  value: string;
  label: ReactNode;
}

const rowStyles =
  "flex min-h-11 cursor-pointer items-center gap-2.5 rounded-field px-2 text-sm text-ink hover:bg-primary-soft has-focus-visible:outline-3 has-focus-visible:outline-focus sm:min-h-9";

interface ManyProps {
  choices: readonly ChipChoice[];
  values: readonly string[];
  onValues: (values: string[]) => void;
}

/** Several at once, kept in the order of the list. */
export const ManyChoices = ({ choices, values, onValues }: ManyProps) => (
  <div className="flex flex-col">
    {choices.map((choice) => {
      const isOn = values.includes(choice.value);
      return (
        <label key={choice.value} className={rowStyles}>
          <input
            type="checkbox"
            checked={isOn}
            onChange={() =>
              onValues(
                choices
                  .map((item) => item.value)
                  .filter((item) => (item === choice.value ? !isOn : values.includes(item))),
              )
            }
            className="sr-only"
          />
          <span
            aria-hidden
            className={cn(
              "flex size-5 shrink-0 items-center justify-center rounded-sm border-2",
              isOn ? "border-primary bg-primary text-on-primary" : "border-field-line bg-surface",
            )}
          >
            {isOn && <Check className="size-3.5" strokeWidth={3.5} />}
          </span>
          {choice.label}
        </label>
      );
    })}
  </div>
);

interface OneProps {
  choices: readonly ChipChoice[];
  value: string;
  onValue: (value: string) => void;
}

/** Exactly one. */
export const OneChoice = ({ choices, value, onValue }: OneProps) => {
  const name = useId();
  return (
    <div className="flex flex-col">
      {choices.map((choice) => (
        <label key={choice.value} className={rowStyles}>
          <input
            type="radio"
            name={name}
            checked={choice.value === value}
            onChange={() => onValue(choice.value)}
            className="sr-only"
          />
          <span
            aria-hidden
            className={cn(
              "size-5 shrink-0 rounded-full border-2 border-field-line bg-surface",
              choice.value === value && "border-6 border-primary",
            )}
          />
          {choice.label}
        </label>
      ))}
    </div>
  );
};
