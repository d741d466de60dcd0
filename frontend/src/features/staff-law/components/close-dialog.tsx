"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import * as z from "zod/mini";

import { FormDialog } from "@/components/desk/form-dialog";
import { DateInput } from "@/components/ui/masked-inputs";
import { TextArea } from "@/components/ui/text-input";
import { parseTypedDate, toTypedDate } from "@/lib/dates";
import { reasonText } from "@/lib/form-rules";
import { useCheckedForm } from "@/lib/use-checked-form";

import { lastDayOf } from "../content-values";
import { type Revision, usePropose } from "../queries";
import type { LawChange } from "../types";
import { useContentError } from "../use-content-error";

const schema = z.object({
  valid_to: z.string().check(z.refine((typed) => parseTypedDate(typed) !== null, { error: "missing" })),
  reason: reasonText(),
});

interface CloseDialogProps {
  ruleKey: string;
  today: string;
  onMade: (change: LawChange) => void;
  onClose: () => void;
}

/** Propose that a rule is no longer in force from a day; terms that already run keep their days. */
export const CloseDialog = ({ ruleKey, today, onMade, onClose }: CloseDialogProps) => {
  const t = useTranslations("staffLaw.close");
  const propose = usePropose(onMade);
  return (
    <CloseForm
      title={t("title")}
      submitLabel={t("submit")}
      day={toTypedDate(today)}
      mutation={propose}
      onSave={(revision) => propose.mutate({ kind: "close", rule_key: ruleKey, ...revision })}
      onClose={onClose}
    />
  );
};

interface CloseFormProps {
  title: string;
  submitLabel: string;
  /** The proposal that is edited. */
  change?: LawChange;
  day?: string;
  mutation: { isPending: boolean; error: unknown };
  onSave: (revision: Revision) => void;
  onClose: () => void;
}

/** The day from which a rule is no longer in force, and why. */
export const CloseForm = ({
  title,
  submitLabel,
  change,
  day = "",
  mutation,
  onSave,
  onClose,
}: CloseFormProps) => {
  const t = useTranslations("staffLaw.close");
  const id = useId();
  const form = useCheckedForm(
    schema,
    { valid_to: change ? lastDayOf(change) : day, reason: change?.reason ?? "" },
    useContentError(mutation.error),
  );
  return (
    <FormDialog
      title={title}
      lead={t("lead")}
      submitLabel={submitLabel}
      busy={mutation.isPending}
      error={mutation.error}
      isAtFields={form.isAtFields}
      onSubmit={() => {
        const values = form.read();
        if (values) {
          onSave({ content: { valid_to: parseTypedDate(values.valid_to) }, reason: values.reason });
        }
      }}
      onClose={onClose}
    >
      <DateInput
        id={`${id}-day`}
        label={t("from")}
        error={form.error("valid_to")}
        value={form.values.valid_to}
        onValueChange={(value) => form.set("valid_to", value)}
      />
      <TextArea
        id={`${id}-reason`}
        label={t("reason")}
        rows={3}
        maxLength={1000}
        className="[&_textarea]:min-h-24"
        error={form.error("reason")}
        value={form.values.reason}
        onChange={(event) => form.set("reason", event.target.value)}
      />
    </FormDialog>
  );
};
