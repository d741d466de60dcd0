"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect } from "react";
import { useController } from "react-hook-form";

import { CheckboxCards, type Choice, RadioCards } from "@/components/ui/choices";
import { DateInput, MoneyInput, PhoneInput } from "@/components/ui/masked-inputs";
import { Select, TextArea, TextInput, type TextInputProps } from "@/components/ui/text-input";

import type { FieldBinding } from "./checked-form";

interface FieldProps extends FieldBinding {
  label: ReactNode;
  help?: ReactNode;
  isOptional?: boolean;
}

const useField = ({ control, name, id, onLabel, label, help, isOptional = false }: FieldProps) => {
  const t = useTranslations("common");
  useEffect(() => {
    if (typeof label === "string") onLabel(name, label);
  }, [label, name, onLabel]);
  const { field, fieldState } = useController({ control, name });
  return {
    field,
    text: typeof field.value === "string" ? field.value : "",
    list: Array.isArray(field.value) ? field.value : [],
    shape: {
      id,
      label,
      help,
      optional: isOptional ? t("optional") : undefined,
      error: fieldState.error?.message || undefined,
    },
  };
};

type InputExtras = Pick<
  TextInputProps,
  "autoComplete" | "inputMode" | "maxLength" | "type" | "width" | "lang" | "placeholder"
>;

export const TextField = ({
  autoComplete = "off",
  inputMode,
  maxLength,
  type,
  width,
  lang,
  placeholder,
  ...props
}: FieldProps & InputExtras) => {
  const { field, text, shape } = useField(props);
  return (
    <TextInput
      {...{ autoComplete, inputMode, maxLength, type, width, lang, placeholder }}
      {...shape}
      name={props.name}
      value={text}
      onChange={field.onChange}
      onBlur={field.onBlur}
    />
  );
};

export const LongTextField = ({
  maxLength,
  rows = 3,
  ...props
}: FieldProps & { maxLength: number; rows?: number }) => {
  const { field, text, shape } = useField(props);
  return (
    <TextArea
      {...shape}
      name={props.name}
      value={text}
      onChange={field.onChange}
      onBlur={field.onBlur}
      maxLength={maxLength}
      rows={rows}
      className="[&_textarea]:min-h-24"
    />
  );
};

export const DateField = (props: FieldProps) => {
  const t = useTranslations("common");
  const { field, text, shape } = useField(props);
  return (
    <DateInput
      {...shape}
      placeholder={t("datePlaceholder")}
      name={props.name}
      value={text}
      onValueChange={field.onChange}
      onBlur={field.onBlur}
    />
  );
};

export const MoneyField = (props: FieldProps) => {
  const { field, text, shape } = useField(props);
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

export const PhoneField = (props: FieldProps) => {
  const { field, text, shape } = useField(props);
  return (
    <PhoneInput
      {...shape}
      autoComplete="off"
      name={props.name}
      value={text}
      onValueChange={field.onChange}
      onBlur={field.onBlur}
    />
  );
};

export const ChoiceField = ({ choices, ...props }: FieldProps & { choices: readonly Choice[] }) => {
  const { field, text, shape } = useField(props);
  return (
    <RadioCards {...shape} name={props.id} value={text} choices={choices} onValueChange={field.onChange} />
  );
};

export const ChoicesField = ({ choices, ...props }: FieldProps & { choices: readonly Choice[] }) => {
  const { field, list, shape } = useField(props);
  return (
    <CheckboxCards
      {...shape}
      name={props.id}
      values={list}
      choices={choices}
      onValuesChange={field.onChange}
    />
  );
};

export const SelectField = ({ children, ...props }: FieldProps & { children: ReactNode }) => {
  const { field, text, shape } = useField(props);
  return (
    <Select {...shape} name={props.name} value={text} onChange={field.onChange} onBlur={field.onBlur}>
      {children}
    </Select>
  );
};
