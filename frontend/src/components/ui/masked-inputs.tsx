"use client";

import { type ChangeEvent, type ComponentProps, useLayoutEffect, useRef } from "react";

import { Field, fieldControlProps, type FieldShape } from "@/components/ui/field";
import { inputStyles } from "@/components/ui/text-input";
import { cn } from "@/lib/cn";
import { maskTypedDate } from "@/lib/dates";
import { groupTypedMoney } from "@/lib/money";
import { maskTypedPhone } from "@/lib/phone-number";

type NativeProps = Omit<ComponentProps<"input">, "id" | "value" | "onChange">;

export type MaskedInputProps = Omit<FieldShape, "className"> &
  NativeProps & { value: string; onValueChange: (value: string) => void; className?: string };

/** Keeps the caret behind the same digit when the mask moves characters around it. */
const caretAfter = (text: string, significant: number, isSignificant: RegExp): number => {
  let seen = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (seen === significant) return index;
    if (isSignificant.test(text.charAt(index))) seen += 1;
  }
  return text.length;
};

const useMask = (
  value: string,
  mask: (typed: string, previous: string) => string,
  onValueChange: (value: string) => void,
) => {
  const input = useRef<HTMLInputElement>(null);
  const caret = useRef<number | null>(null);
  const isSignificant = /[\d,]/;

  useLayoutEffect(() => {
    if (caret.current === null || !input.current || document.activeElement !== input.current) return;
    input.current.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [value]);

  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const typed = event.target.value;
    const masked = mask(typed, value);
    const position = event.target.selectionStart ?? typed.length;
    const isAtEnd = position >= typed.length;
    const before = [...typed.slice(0, position)].filter((character) => isSignificant.test(character)).length;
    caret.current = isAtEnd ? masked.length : caretAfter(masked, before, isSignificant);
    onValueChange(masked);
  };
  return { input, onChange };
};

const Masked = ({
  mask,
  suffix,
  id,
  label,
  help,
  error,
  optional,
  value,
  onValueChange,
  className,
  ...rest
}: MaskedInputProps & { mask: (typed: string, previous: string) => string; suffix?: string }) => {
  const { input, onChange } = useMask(value, mask, onValueChange);
  return (
    <Field id={id} label={label} help={help} error={error} optional={optional} className={className}>
      <div className="relative max-w-80">
        <input
          {...fieldControlProps({ id, help, error })}
          ref={input}
          value={value}
          onChange={onChange}
          className={cn(inputStyles, suffix && "pr-10 text-right")}
          {...rest}
        />
        {suffix && (
          <span aria-hidden className="pointer-events-none absolute top-3 right-3.5 text-muted">
            {suffix}
          </span>
        )}
      </div>
    </Field>
  );
};

/** Text of the form `дд.мм.гггг`: works on every phone, takes pasted dates in other spellings. */
export const DateInput = (props: MaskedInputProps) => (
  <Masked mask={maskTypedDate} inputMode="numeric" autoComplete="off" maxLength={24} {...props} />
);

/** A sum in tenge with grouped thousands; pasted sums in any usual spelling are understood. */
export const MoneyInput = (props: MaskedInputProps) => (
  <Masked
    mask={groupTypedMoney}
    suffix="₸"
    inputMode="decimal"
    autoComplete="off"
    maxLength={32}
    {...props}
  />
);

export const PhoneInput = (props: MaskedInputProps) => (
  <Masked mask={maskTypedPhone} type="tel" inputMode="tel" autoComplete="tel" maxLength={32} {...props} />
);
