"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import * as z from "zod/mini";

import { FormDialog } from "@/components/desk/form-dialog";
import { DateInput, MoneyInput } from "@/components/ui/masked-inputs";
import { Select, TextArea, TextInput } from "@/components/ui/text-input";
import { parseTypedDate } from "@/lib/dates";
import { reasonText, requiredText } from "@/lib/form-rules";
import { parseTypedMoney } from "@/lib/money";
import { useCheckedForm } from "@/lib/use-checked-form";

import { INDEX_CODES } from "../content-values";
import { type Revision, usePropose } from "../queries";
import type { LawChange } from "../types";
import { useContentError } from "../use-content-error";

const schema = z.object({
  code: z.string(),
  valid_from: z.string().check(z.refine((typed) => parseTypedDate(typed) !== null, { error: "missing" })),
  value_tiyn: z.string().check(z.refine((typed) => (parseTypedMoney(typed) ?? 0) > 0, { error: "missing" })),
  source: requiredText(),
  reason: reasonText(),
});

interface FigureDialogProps {
  onMade: (change: LawChange) => void;
  onClose: () => void;
}

const NO_FIGURE = { code: "MCI", valid_from: "", value_tiyn: "", source: "", reason: "" };

/** A figure to propose. */
export const FigureDialog = ({ onMade, onClose }: FigureDialogProps) => {
  const t = useTranslations("staffLaw");
  const propose = usePropose(onMade);
  return (
    <FigureForm
      title={t("figure.title")}
      submitLabel={t("edition.submit")}
      initial={NO_FIGURE}
      mutation={propose}
      onSave={(revision) => propose.mutate({ kind: "index", rule_key: "", ...revision })}
      onClose={onClose}
    />
  );
};

interface FigureFormProps {
  title: string;
  submitLabel: string;
  initial: typeof NO_FIGURE;
  mutation: { isPending: boolean; error: unknown };
  onSave: (revision: Revision) => void;
  onClose: () => void;
}

/** Fields of a figure of the budget law, new or edited. */
export const FigureForm = ({ title, submitLabel, initial, mutation, onSave, onClose }: FigureFormProps) => {
  const t = useTranslations("staffLaw");
  const id = useId();
  const form = useCheckedForm(schema, initial, useContentError(mutation.error));
  return (
    <FormDialog
      title={title}
      lead={t("figure.lead")}
      submitLabel={submitLabel}
      busy={mutation.isPending}
      error={mutation.error}
      isAtFields={form.isAtFields}
      onSubmit={() => {
        const values = form.read();
        if (!values) return;
        const { reason, ...figure } = values;
        const content = {
          ...figure,
          valid_from: parseTypedDate(figure.valid_from),
          value_tiyn: parseTypedMoney(figure.value_tiyn),
        };
        onSave({ content, reason });
      }}
      onClose={onClose}
    >
      <Select
        id={`${id}-code`}
        label={t("figure.name")}
        value={form.values.code}
        onChange={(event) => form.set("code", event.target.value)}
      >
        {INDEX_CODES.map((code) => (
          <option key={code} value={code}>
            {t(`index.${code}`)}
          </option>
        ))}
      </Select>
      <MoneyInput
        id={`${id}-value`}
        label={t("figure.value")}
        error={form.error("value_tiyn")}
        value={form.values.value_tiyn}
        onValueChange={(value) => form.set("value_tiyn", value)}
      />
      <DateInput
        id={`${id}-from`}
        label={t("figure.from")}
        error={form.error("valid_from")}
        value={form.values.valid_from}
        onValueChange={(value) => form.set("valid_from", value)}
      />
      <TextInput
        id={`${id}-source`}
        label={t("figure.source")}
        maxLength={200}
        error={form.error("source")}
        value={form.values.source}
        onChange={(event) => form.set("source", event.target.value)}
      />
      <TextArea
        id={`${id}-reason`}
        label={t("field.reason")}
        rows={2}
        maxLength={1000}
        className="[&_textarea]:min-h-20"
        error={form.error("reason")}
        value={form.values.reason}
        onChange={(event) => form.set("reason", event.target.value)}
      />
    </FormDialog>
  );
};
