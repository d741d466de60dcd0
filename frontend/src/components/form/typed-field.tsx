"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { DateInput, MoneyInput } from "@/components/ui/masked-inputs";
import { Select, TextArea, TextInput } from "@/components/ui/text-input";
import type { FieldSpec, TypedFields } from "@/lib/use-typed-fields";

interface TypedFieldProps<N extends string> {
  form: TypedFields<N>;
  name: N;
  spec: FieldSpec;
  /** Makes ids unique where two such forms stand on a page. */
  prefix: string;
  label: ReactNode;
  help?: ReactNode;
  optional?: string;
  /** A choice instead of free text. */
  options?: readonly { value: string; label: string }[];
  multiline?: boolean;
}

/** One field of a typed form with its label, help and what is wrong with it. */
export const TypedField = <N extends string>({
  form,
  name,
  spec,
  prefix,
  options,
  multiline = false,
  ...shape
}: TypedFieldProps<N>) => {
  const t = useTranslations("schedules.faults");
  const fault = form.fault(name);
  const common = {
    ...shape,
    id: `${prefix}-${name}`,
    name,
    error: fault ? t(fault) : form.word(name),
  };
  const value = form.typed[name];
  if (options) {
    return (
      <Select {...common} value={value} onChange={(event) => form.set(name, event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    );
  }
  if (multiline) {
    return (
      <TextArea {...common} rows={5} value={value} onChange={(event) => form.set(name, event.target.value)} />
    );
  }
  if (spec.kind === "money") {
    return <MoneyInput {...common} value={value} onValueChange={(next) => form.set(name, next)} />;
  }
  if (spec.kind === "date") {
    return <DateInput {...common} value={value} onValueChange={(next) => form.set(name, next)} />;
  }
  return (
    <TextInput
      {...common}
      width={spec.kind === "text" ? "full" : "short"}
      inputMode={spec.kind === "text" ? undefined : "decimal"}
      autoComplete="off"
      value={value}
      onChange={(event) => form.set(name, event.target.value)}
    />
  );
};
