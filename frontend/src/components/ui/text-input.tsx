import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";

import { Field, fieldControlProps, type FieldShape } from "@/components/ui/field";
import { cn } from "@/lib/cn";

export const inputStyles =
  "min-h-12 w-full rounded-field border border-field-line bg-surface px-3 py-2 text-base text-ink transition-colors duration-150 aria-invalid:border-danger aria-invalid:border-2 disabled:opacity-60";

type Shape = Omit<FieldShape, "id"> & { id: string };

/** Width of the box by what goes into it; label and help keep the full line. */
const WIDTHS = { full: "", medium: "max-w-80", short: "max-w-40" };

export type TextInputProps = Shape &
  Omit<ComponentProps<"input">, "id" | "width"> & { width?: keyof typeof WIDTHS };

export const TextInput = ({
  id,
  label,
  help,
  error,
  optional,
  className,
  width = "full",
  ...rest
}: TextInputProps) => (
  <Field id={id} label={label} help={help} error={error} optional={optional} className={className}>
    <input {...fieldControlProps({ id, help, error })} className={cn(inputStyles, WIDTHS[width])} {...rest} />
  </Field>
);

export type TextAreaProps = Shape & Omit<ComponentProps<"textarea">, "id">;

export const TextArea = ({
  id,
  label,
  help,
  error,
  optional,
  className,
  rows = 6,
  ...rest
}: TextAreaProps) => (
  <Field id={id} label={label} help={help} error={error} optional={optional} className={className}>
    <textarea
      {...fieldControlProps({ id, help, error })}
      rows={rows}
      className={cn(inputStyles, "field-sizing-content min-h-32")}
      {...rest}
    />
  </Field>
);

export type SelectProps = Shape & Omit<ComponentProps<"select">, "id">;

export const Select = ({ id, label, help, error, optional, className, children, ...rest }: SelectProps) => (
  <Field id={id} label={label} help={help} error={error} optional={optional} className={className}>
    <div className="relative">
      <select
        {...fieldControlProps({ id, help, error })}
        className={cn(inputStyles, "appearance-none pr-10")}
        {...rest}
      >
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-3.5 right-3 size-5 text-muted" />
    </div>
  </Field>
);
