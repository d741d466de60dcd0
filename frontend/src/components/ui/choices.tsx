"use client";

import { Check } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";

import { Fieldset, type FieldShape } from "@/components/ui/field";
import { cn } from "@/lib/cn";

export interface Choice {
  value: string;
  label: ReactNode;
  help?: ReactNode;
}

const cardStyles =
  "relative flex min-h-12 items-start gap-3 rounded-card border border-field-line bg-surface px-4 py-3 text-ink transition-colors duration-150 hover:bg-primary-soft has-checked:border-primary has-checked:bg-primary-soft has-checked:ring-1 has-checked:ring-primary has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus";

const ChoiceText = ({ choice, helpId }: { choice: Choice; helpId: string }) => (
  <span className="flex min-w-0 flex-col gap-0.5">
    <span>{choice.label}</span>
    {choice.help && (
      <span id={helpId} className="text-sm text-muted">
        {choice.help}
      </span>
    )}
  </span>
);

type RadioCardsProps = FieldShape & {
  name: string;
  value: string;
  choices: readonly Choice[];
  onValueChange: (value: string) => void;
};

/** One of several answers, each a target as wide as the screen. */
export const RadioCards = ({ name, value, choices, onValueChange, ...shape }: RadioCardsProps) => (
  <Fieldset {...shape}>
    <div className="flex flex-col gap-2">
      {choices.map((choice) => (
        <label key={choice.value} className={cardStyles}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={value === choice.value}
            onChange={() => onValueChange(choice.value)}
            aria-describedby={choice.help ? `${shape.id}-${choice.value}-help` : undefined}
            className="peer mt-0.5 size-5 shrink-0 appearance-none rounded-full border-2 border-field-line bg-surface outline-none checked:border-[6px] checked:border-primary"
          />
          <ChoiceText choice={choice} helpId={`${shape.id}-${choice.value}-help`} />
        </label>
      ))}
    </div>
  </Fieldset>
);

const Tick = ({ className, ...rest }: ComponentProps<"input">) => (
  <span className="relative mt-0.5 size-5 shrink-0">
    <input
      type="checkbox"
      className={cn(
        "peer size-5 appearance-none rounded-sm border-2 border-field-line bg-surface outline-none checked:border-primary checked:bg-primary",
        className,
      )}
      {...rest}
    />
    <Check
      aria-hidden
      strokeWidth={3}
      className="pointer-events-none absolute top-0.5 left-0.5 hidden size-4 text-on-primary peer-checked:block"
    />
  </span>
);

type CheckboxCardsProps = FieldShape & {
  name: string;
  values: readonly string[];
  choices: readonly Choice[];
  onValuesChange: (values: string[]) => void;
};

/** Any number of answers, kept in the order of the list. */
export const CheckboxCards = ({ name, values, choices, onValuesChange, ...shape }: CheckboxCardsProps) => {
  const toggle = (value: string, isOn: boolean) =>
    onValuesChange(
      choices.map((choice) => choice.value).filter((item) => (item === value ? isOn : values.includes(item))),
    );
  return (
    <Fieldset {...shape}>
      <div className="flex flex-col gap-2">
        {choices.map((choice) => (
          <label key={choice.value} className={cardStyles}>
            <Tick
              name={name}
              value={choice.value}
              checked={values.includes(choice.value)}
              onChange={(event) => toggle(choice.value, event.target.checked)}
              aria-describedby={choice.help ? `${shape.id}-${choice.value}-help` : undefined}
            />
            <ChoiceText choice={choice} helpId={`${shape.id}-${choice.value}-help`} />
          </label>
        ))}
      </div>
    </Fieldset>
  );
};

type CheckboxProps = Omit<ComponentProps<"input">, "type" | "id"> & {
  id: string;
  label: ReactNode;
  error?: string;
};

export const Checkbox = ({ id, label, error, ...rest }: CheckboxProps) => (
  <div className={cn("flex flex-col gap-1.5", error && "border-l-4 border-danger pl-3")}>
    <label htmlFor={id} className={cardStyles}>
      <Tick
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        {...rest}
      />
      <span className="min-w-0">{label}</span>
    </label>
    {error && (
      <p id={`${id}-error`} className="text-sm font-medium text-danger">
        {error}
      </p>
    )}
  </div>
);
