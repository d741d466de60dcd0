"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { RadioCards } from "@/components/ui/choices";
import { DateInput, MoneyInput, PhoneInput } from "@/components/ui/masked-inputs";
import { TextArea, TextInput } from "@/components/ui/text-input";

import type { DraftColumn } from "../types";

interface AnswerFieldProps {
  field: Pick<DraftColumn, "code" | "answer_type" | "options" | "required">;
  id: string;
  label: ReactNode;
  help?: ReactNode;
  error?: string;
  typed: string;
  onTyped: (typed: string) => void;
}

const MAX_LINE = 300;
const MAX_LONG = 5000;

/** The field that fits the kind of answer. */
export const AnswerField = ({ field, id, label, help, error, typed, onTyped }: AnswerFieldProps) => {
  const t = useTranslations("documentInterview");
  const common = useTranslations("common");
  const shape = { id, label, help, error, optional: field.required ? undefined : common("optional") };
  const masked = { ...shape, name: field.code, value: typed, onValueChange: onTyped };
  const line = {
    ...shape,
    name: field.code,
    value: typed,
    autoComplete: "off",
    onChange: (event: { target: { value: string } }) => onTyped(event.target.value),
  };
  switch (field.answer_type) {
    case "date":
      return <DateInput {...masked} placeholder={common("datePlaceholder")} />;
    case "money":
      return <MoneyInput {...masked} />;
    case "phone":
      return <PhoneInput {...masked} autoComplete="off" />;
    case "long":
      return <TextArea {...line} rows={5} maxLength={MAX_LONG} />;
    case "number":
    case "months":
      return <TextInput {...line} width="short" inputMode="numeric" maxLength={9} />;
    case "percent":
      return <TextInput {...line} width="short" inputMode="decimal" maxLength={12} />;
    case "iin":
    case "bin":
      return <TextInput {...line} width="medium" inputMode="numeric" maxLength={20} />;
    case "choice":
    case "yes_no": {
      const choices =
        field.answer_type === "choice"
          ? field.options.map(({ code, name }) => ({ value: code, label: name }))
          : (["yes", "no"] as const).map((code) => ({ value: code, label: t(`shown.${code}`) }));
      return <RadioCards {...shape} name={id} value={typed} choices={choices} onValueChange={onTyped} />;
    }
    default:
      return <TextInput {...line} maxLength={MAX_LINE} />;
  }
};
