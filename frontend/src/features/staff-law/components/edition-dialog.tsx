"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import * as z from "zod/mini";

import { FormDialog } from "@/components/desk/form-dialog";
import { RadioCards } from "@/components/ui/choices";
import { DateInput } from "@/components/ui/masked-inputs";
import { TextArea, TextInput } from "@/components/ui/text-input";
import { parseTypedDate } from "@/lib/dates";
import { reasonText } from "@/lib/form-rules";
import { useCheckedForm } from "@/lib/use-checked-form";

import { editionStart, type EditionValues, LANGS } from "../content-values";
import { type Revision, usePropose } from "../queries";
import type { Edition, LawChange } from "../types";
import { useContentError } from "../use-content-error";

const isDay = (typed: string) => parseTypedDate(typed) !== null;

const schema = z.object({
  valid_from: z.string().check(z.refine(isDay, { error: "missing" })),
  amount: z.string().check(z.regex(/^\d{1,4}$/, { error: "days" })),
  extension_amount: z.string().check(z.regex(/^\d{0,4}$/, { error: "days" })),
  remind_at: z.string(),
  explanation_ru: z.string(),
  explanation_kk: z.string(),
  explanation_en: z.string(),
  reason: reasonText(),
});

interface EditionDialogProps {
  ruleKey: string;
  edition: Edition;
  today: string;
  onMade: (change: LawChange) => void;
  onClose: () => void;
}

/** A new edition begins with the words of the one before; only what has changed is typed. */
export const EditionDialog = ({ ruleKey, edition, today, onMade, onClose }: EditionDialogProps) => {
  const t = useTranslations("staffLaw.edition");
  const propose = usePropose(onMade);
  return (
    <EditionForm
      title={t("title")}
      submitLabel={t("submit")}
      unit={edition.unit}
      initial={editionStart(edition, today)}
      isForRunning
      mutation={propose}
      onSave={(revision) => propose.mutate({ kind: "edition", rule_key: ruleKey, ...revision })}
      onClose={onClose}
    />
  );
};

interface EditionFormProps {
  title: string;
  submitLabel: string;
  unit: Edition["unit"];
  initial: EditionValues;
  isForRunning: boolean;
  mutation: { isPending: boolean; error: unknown };
  onSave: (revision: Revision) => void;
  onClose: () => void;
}

/** Fields of an edition, new or edited. */
export const EditionForm = ({
  title,
  submitLabel,
  unit,
  initial,
  isForRunning,
  mutation,
  onSave,
  onClose,
}: EditionFormProps) => {
  const t = useTranslations("staffLaw");
  const id = useId();
  const [scope, setScope] = useState(isForRunning ? "running" : "new");
  const form = useCheckedForm(schema, initial, useContentError(mutation.error));
  const submit = () => {
    const values = form.read();
    if (!values) return;
    onSave({
      reason: values.reason,
      content: {
        valid_from: parseTypedDate(values.valid_from),
        amount: Number(values.amount),
        extension_amount: Number(values.extension_amount || 0),
        remind_at: (values.remind_at.match(/\d+/g) ?? []).map(Number),
        explanation: {
          ru: values.explanation_ru,
          kk: values.explanation_kk,
          en: values.explanation_en,
        },
        for_running: scope === "running",
      },
    });
  };
  const text = (name: "amount" | "extension_amount" | "remind_at") => ({
    id: `${id}-${name}`,
    error: form.error(name),
    value: form.values[name],
    onChange: (event: { target: { value: string } }) => form.set(name, event.target.value),
  });
  return (
    <FormDialog
      title={title}
      lead={t("edition.lead")}
      submitLabel={submitLabel}
      busy={mutation.isPending}
      error={mutation.error}
      isAtFields={form.isAtFields}
      onSubmit={submit}
      onClose={onClose}
    >
      <DateInput
        id={`${id}-from`}
        label={t("edition.from")}
        error={form.error("valid_from")}
        value={form.values.valid_from}
        onValueChange={(value) => form.set("valid_from", value)}
      />
      <TextInput
        {...text("amount")}
        label={t("edition.amount", { unit: t(`unit.${unit}`) })}
        inputMode="numeric"
        width="short"
      />
      <TextInput
        {...text("extension_amount")}
        label={t("edition.extension")}
        inputMode="numeric"
        width="short"
      />
      <TextInput {...text("remind_at")} label={t("field.reminders")} help={t("edition.remindersHelp")} />
      <RadioCards
        id={`${id}-scope`}
        name="scope"
        label={t("field.running")}
        value={scope}
        choices={[
          { value: "running", label: t("forRunning"), help: t("edition.runningHelp") },
          { value: "new", label: t("forNew"), help: t("edition.newHelp") },
        ]}
        onValueChange={setScope}
      />
      <details>
        <summary className="min-h-9 cursor-pointer py-1.5 font-medium text-primary">
          {t("edition.words")}
        </summary>
        <p className="mb-2 text-sm text-muted">{t("edition.wordsHelp")}</p>
        <div className="flex flex-col gap-3">
          {LANGS.map((lang) => (
            <TextArea
              key={lang}
              id={`${id}-${lang}`}
              label={t(`edition.explanation.${lang}`)}
              rows={3}
              maxLength={2000}
              error={form.error(`explanation_${lang}`)}
              value={form.values[`explanation_${lang}`]}
              onChange={(event) => form.set(`explanation_${lang}`, event.target.value)}
            />
          ))}
        </div>
      </details>
      <TextArea
        id={`${id}-reason`}
        label={t("field.reason")}
        help={t("reasonHelp")}
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
