"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Control, useController } from "react-hook-form";

import { CheckboxCards, type Choice, RadioCards } from "@/components/ui/choices";
import { DateInput, MoneyInput } from "@/components/ui/masked-inputs";
import { TextArea, TextInput } from "@/components/ui/text-input";

import { type Answers, useErrorText, useFieldId } from "./step-form";

interface FormFieldProps {
  control: Control<Answers>;
  name: string;
  label: ReactNode;
  help?: ReactNode;
  isOptional?: boolean;
}

const asText = (value: Answers[string] | undefined) => (typeof value === "string" ? value : "");

const useField = ({ control, name, label, help, isOptional = false }: FormFieldProps) => {
  const t = useTranslations("common");
  const errorText = useErrorText();
  const fieldId = useFieldId();
  const { field, fieldState } = useController({ control, name });
  const shape = {
    id: fieldId(name),
    label,
    help,
    optional: isOptional ? t("optional") : undefined,
    error: errorText(typeof fieldState.error?.message === "string" ? fieldState.error.message : undefined),
  };
  return { field, shape, text: asText(field.value) };
};

interface TextFieldProps extends FormFieldProps {
  autoComplete?: string;
  inputMode?: "text" | "numeric" | "decimal" | "email";
  maxLength?: number;
  type?: "text" | "email";
  width?: "full" | "medium" | "short";
}

export const TextField = ({
  autoComplete = "off",
  inputMode,
  maxLength,
  type = "text",
  width,
  ...props
}: TextFieldProps) => {
  const { field, shape, text } = useField(props);
  return (
    <TextInput
      {...shape}
      name={props.name}
      value={text}
      onChange={field.onChange}
      onBlur={field.onBlur}
      type={type}
      autoComplete={autoComplete}
      inputMode={inputMode}
      maxLength={maxLength}
      width={width}
    />
  );
};

export const LongTextField = ({
  maxLength,
  rows,
  ...props
}: FormFieldProps & { maxLength: number; rows?: number }) => {
  const { field, shape, text } = useField(props);
  return (
    <TextArea
      {...shape}
      name={props.name}
      value={text}
      onChange={field.onChange}
      onBlur={field.onBlur}
      maxLength={maxLength}
      rows={rows}
    />
  );
};

export const DateField = (props: FormFieldProps) => {
  const t = useTranslations("apply");
  const { field, shape, text } = useField(props);
  return (
    <DateInput
      {...shape}
      help={shape.help ?? t("dateHelp")}
      placeholder={t("datePlaceholder")}
      name={props.name}
      value={text}
      onValueChange={field.onChange}
      onBlur={field.onBlur}
    />
  );
};

export const MoneyField = (props: FormFieldProps) => {
  const { field, shape, text } = useField(props);
  return (
    <MoneyInput
      {...shape}
      name={props.name}
      value={text}
      onValueChange={field.onChange}
      onBlur={field.onBlur}
    />
  );
};

export const ChoiceField = ({ choices, ...props }: FormFieldProps & { choices: readonly Choice[] }) => {
  const { field, shape, text } = useField(props);
  return (
    <RadioCards {...shape} name={shape.id} value={text} choices={choices} onValueChange={field.onChange} />
  );
};

export const ChoicesField = ({ choices, ...props }: FormFieldProps & { choices: readonly Choice[] }) => {
  const { field, shape } = useField(props);
  const values = Array.isArray(field.value) ? field.value : [];
  return (
    <CheckboxCards
      {...shape}
      name={shape.id}
      values={values}
      choices={choices}
      onValuesChange={field.onChange}
    />
  );
};

/** «Да» or «нет». */
export const YesNoField = (props: FormFieldProps & { yes?: ReactNode; no?: ReactNode }) => {
  const t = useTranslations("apply");
  const { yes = t("yes"), no = t("no"), ...rest } = props;
  return (
    <ChoiceField
      {...rest}
      choices={[
        { value: "yes", label: yes },
        { value: "no", label: no },
      ]}
    />
  );
};
