"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import * as z from "zod/mini";

import { FormDialog } from "@/components/desk/form-dialog";
import { TextArea } from "@/components/ui/text-input";
import { optionalText, reasonText } from "@/lib/form-rules";
import { useCheckedForm } from "@/lib/use-checked-form";

const MAX_LENGTH = 500;

const required = { reason: z.object({ reason: reasonText() }), note: z.object({ note: reasonText() }) };
const optional = { reason: z.object({ reason: optionalText() }), note: z.object({ note: optionalText() }) };

interface ReasonDialogProps {
  title: string;
  lead?: string;
  label: string;
  help?: string;
  submitLabel: string;
  danger?: boolean;
  /** The name that the API gives to these words. */
  field?: "reason" | "note";
  isOptional?: boolean;
  mutation: { isPending: boolean; error: unknown };
  onSubmit: (words: string) => void;
  onClose: () => void;
  /** Stands instead of the plain words of an error. */
  notice?: ReactNode;
  children?: ReactNode;
}

/** Asks why before something that cannot be quietly undone; the words are kept in the history. */
export const ReasonDialog = ({
  label,
  help,
  field = "reason",
  isOptional = false,
  mutation,
  onSubmit,
  children,
  ...dialog
}: ReasonDialogProps) => {
  const common = useTranslations("common");
  const id = useId();
  const initial: Record<string, string> = { [field]: "" };
  const schema: z.ZodMiniType<Record<string, string>, Record<string, string>> = (
    isOptional ? optional : required
  )[field];
  const form = useCheckedForm(schema, initial, mutation.error);
  return (
    <FormDialog
      {...dialog}
      busy={mutation.isPending}
      error={mutation.error}
      isAtFields={form.isAtFields}
      onSubmit={() => {
        const values = form.read();
        if (values) onSubmit(values[field] ?? "");
      }}
    >
      {children}
      <TextArea
        id={id}
        label={label}
        help={help}
        optional={isOptional ? common("optional") : undefined}
        error={form.error(field)}
        rows={3}
        maxLength={MAX_LENGTH}
        className="[&_textarea]:min-h-24"
        value={form.values[field] ?? ""}
        onChange={(event) => form.set(field, event.target.value)}
      />
    </FormDialog>
  );
};
