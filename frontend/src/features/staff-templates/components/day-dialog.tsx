"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import * as z from "zod/mini";

import { FormDialog } from "@/components/desk/form-dialog";
import { DateInput } from "@/components/ui/masked-inputs";
import { TextArea } from "@/components/ui/text-input";
import { parseTypedDate, toTypedDate } from "@/lib/dates";
import { optionalText, reasonText } from "@/lib/form-rules";
import { useCheckedForm } from "@/lib/use-checked-form";

const day = z
  .string()
  .check(z.refine((typed) => typed === "" || parseTypedDate(typed) !== null, { error: "missing" }));
const schemas = {
  required: z.object({ note: reasonText(), effective_from: day }),
  optional: z.object({ note: optionalText(), effective_from: day }),
};

interface DayDialogProps {
  title: string;
  lead: string;
  submitLabel: string;
  noteLabel: string;
  isNoteOptional: boolean;
  note: string;
  /** The day proposed before, as the API gives it; empty: at once. */
  day: string;
  today: string;
  mutation: { isPending: boolean; error: unknown };
  onSubmit: (said: { note: string; effective_from: string | null }) => void;
  onClose: () => void;
}

/** A note and the first day of an edition; without a day it holds as soon as it is approved. */
export const DayDialog = (props: DayDialogProps) => {
  const t = useTranslations("staffTemplates.step");
  const common = useTranslations("common");
  const id = useId();
  const { isNoteOptional, mutation } = props;
  const schema: z.ZodMiniType<
    { note: string; effective_from: string },
    { note: string; effective_from: string }
  > = schemas[isNoteOptional ? "optional" : "required"];
  const form = useCheckedForm(
    schema,
    { note: props.note, effective_from: props.day > props.today ? toTypedDate(props.day) : "" },
    mutation.error,
  );
  return (
    <FormDialog
      title={props.title}
      lead={props.lead}
      submitLabel={props.submitLabel}
      busy={mutation.isPending}
      error={mutation.error}
      isAtFields={form.isAtFields}
      onSubmit={() => {
        const values = form.read();
        if (values) {
          props.onSubmit({ note: values.note, effective_from: parseTypedDate(values.effective_from) });
        }
      }}
      onClose={props.onClose}
    >
      <TextArea
        id={`${id}-note`}
        label={props.noteLabel}
        optional={isNoteOptional ? common("optional") : undefined}
        rows={3}
        maxLength={2000}
        className="[&_textarea]:min-h-24"
        error={form.error("note")}
        value={form.values.note}
        onChange={(event) => form.set("note", event.target.value)}
      />
      <DateInput
        id={`${id}-day`}
        label={t("day")}
        help={t("dayHelp")}
        optional={common("optional")}
        error={form.error("effective_from")}
        value={form.values.effective_from}
        onValueChange={(value) => form.set("effective_from", value)}
      />
    </FormDialog>
  );
};
