import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "@/lib/cn";

export interface FieldShape {
  id: string;
  label: ReactNode;
  help?: ReactNode;
  error?: string;
  /** Shown after the label, e.g. «необязательно». */
  optional?: string;
  className?: string;
}

const helpId = (id: string) => `${id}-help`;
const errorId = (id: string) => `${id}-error`;

/** The attributes that tie an input to its label, help and error. */
export const fieldControlProps = ({ id, help, error }: Pick<FieldShape, "id" | "help" | "error">) => ({
  id,
  "aria-invalid": error ? true : undefined,
  "aria-describedby":
    [help ? helpId(id) : "", error ? errorId(id) : ""].filter(Boolean).join(" ") || undefined,
});

export const FieldError = ({ id, children }: { id: string; children: string }) => (
  <p id={errorId(id)} className="flex items-start gap-1.5 text-sm font-medium text-danger">
    <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
    <span>{children}</span>
  </p>
);

export const FieldHelp = ({ id, children }: { id: string; children: ReactNode }) => (
  <div id={helpId(id)} className="measure text-sm text-muted">
    {children}
  </div>
);

export const Field = ({
  id,
  label,
  help,
  error,
  optional,
  className,
  children,
}: FieldShape & { children: ReactNode }) => (
  <div className={cn("flex flex-col gap-1.5", error && "border-l-4 border-danger pl-3", className)}>
    <label htmlFor={id} className="font-medium text-ink">
      {label}
      {optional && <span className="font-normal text-muted"> ({optional})</span>}
    </label>
    {children}
    {error && <FieldError id={id}>{error}</FieldError>}
    {help && <FieldHelp id={id}>{help}</FieldHelp>}
  </div>
);

/** A group of choices under one question. */
export const Fieldset = ({
  id,
  label,
  help,
  error,
  optional,
  className,
  children,
}: FieldShape & { children: ReactNode }) => (
  <fieldset
    id={id}
    tabIndex={-1}
    aria-invalid={error ? true : undefined}
    aria-describedby={fieldControlProps({ id, help, error })["aria-describedby"]}
    className={cn("flex min-w-0 flex-col gap-1.5", error && "border-l-4 border-danger pl-3", className)}
  >
    <legend className="mb-1.5 font-medium text-ink">
      {label}
      {optional && <span className="font-normal text-muted"> ({optional})</span>}
    </legend>
    {help && <FieldHelp id={id}>{help}</FieldHelp>}
    {error && <FieldError id={id}>{error}</FieldError>}
    {children}
  </fieldset>
);
