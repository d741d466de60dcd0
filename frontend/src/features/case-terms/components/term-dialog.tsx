"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { DateInput } from "@/components/ui/masked-inputs";
import { TextArea, TextInput } from "@/components/ui/text-input";
import { toTypedDate } from "@/lib/dates";
import { useCheckedForm } from "@/lib/use-checked-form";

import { type Term, type TermAction, useCorrectFact, useTermAction } from "../queries";
import { bodyOf, schemaFor, type TermField, type TermValues } from "../term-forms";

export type TermWindow = TermAction | "correct_fact";

const FIELDS: Record<TermWindow, readonly TermField[]> = {
  suspend: ["from", "until"],
  resume: ["on"],
  extend: ["amount", "agreed_on"],
  meet: ["on"],
  reopen: [],
  correct_fact: ["date"],
};

interface TermDialogProps {
  caseId: string;
  term: Term;
  window: TermWindow;
  today: string;
  onClose: () => void;
}

const initialOf = (term: Term, window: TermWindow, today: string): TermValues => ({
  from: window === "suspend" ? toTypedDate(today) : "",
  until: "",
  on: toTypedDate(today),
  agreed_on: toTypedDate(today),
  date: toTypedDate(term.fact.date),
  amount: window === "extend" ? String(term.extension_left) : "",
  reason: "",
});

/** Suspend, resume, extend, mark as met, take back, or correct the day of the event: always with the reason. */
export const TermDialog = ({ caseId, term, window, today, onClose }: TermDialogProps) => {
  const t = useTranslations("caseTerms.window");
  const id = useId();
  const fields = FIELDS[window];
  const action = useTermAction(caseId, term.id, window === "correct_fact" ? "meet" : window, onClose);
  const correction = useCorrectFact(caseId, term.fact.id, onClose);
  const mutation = window === "correct_fact" ? correction : action;
  const form = useCheckedForm(schemaFor(fields), initialOf(term, window, today), mutation.error);
  return (
    <FormDialog
      title={t(`${window}.title`)}
      lead={t(`${window}.lead`, { term: term.title, event: term.fact.kind_label })}
      submitLabel={t(`${window}.submit`)}
      busy={mutation.isPending}
      error={mutation.error}
      isAtFields={form.isAtFields}
      onSubmit={() => {
        const values = form.read();
        if (values) mutation.mutate(bodyOf(values, fields));
      }}
      onClose={onClose}
    >
      {fields.map((field) =>
        field === "amount" ? (
          <TextInput
            key={field}
            id={`${id}-${field}`}
            label={t("field.amount")}
            help={t("amountHelp", { left: term.extension_left })}
            inputMode="numeric"
            width="short"
            error={form.error(field)}
            value={form.values[field]}
            onChange={(event) => form.set(field, event.target.value)}
          />
        ) : (
          <DateInput
            key={field}
            id={`${id}-${field}`}
            label={t(`field.${field}`)}
            error={form.error(field)}
            value={form.values[field]}
            onValueChange={(value) => form.set(field, value)}
          />
        ),
      )}
      <TextArea
        id={`${id}-reason`}
        label={t("field.reason")}
        help={t("reasonHelp")}
        rows={3}
        maxLength={500}
        className="[&_textarea]:min-h-24"
        error={form.error("reason")}
        value={form.values.reason}
        onChange={(event) => form.set("reason", event.target.value)}
      />
    </FormDialog>
  );
};
