"use client";

import type { ComponentProps } from "react";

import { Field, fieldControlProps, type FieldShape } from "@/components/ui/field";
import { inputStyles } from "@/components/ui/text-input";
import { cn } from "@/lib/cn";

export const CODE_LENGTH = 6;

type CodeInputProps = Omit<FieldShape, "optional"> &
  Omit<ComponentProps<"input">, "id" | "value" | "onChange"> & {
    value: string;
    onValueChange: (value: string) => void;
    /** Called once when the last digit is in, so that nobody has to find the button. */
    onComplete?: (value: string) => void;
  };

/** One field for a code from an SMS: the phone may fill it in by itself, pasted text is cleaned of everything but digits. */
export const CodeInput = ({
  id,
  label,
  help,
  error,
  value,
  onValueChange,
  onComplete,
  className,
  ...rest
}: CodeInputProps) => (
  <Field id={id} label={label} help={help} error={error} className={className}>
    <input
      {...fieldControlProps({ id, help, error })}
      type="text"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="[0-9]*"
      value={value}
      onChange={(event) => {
        const digits = event.target.value.replace(/\D/g, "").slice(0, CODE_LENGTH);
        onValueChange(digits);
        if (digits.length === CODE_LENGTH && digits !== value) onComplete?.(digits);
      }}
      className={cn(inputStyles, "max-w-56 text-center text-xl tracking-[0.35em]")}
      {...rest}
    />
  </Field>
);
