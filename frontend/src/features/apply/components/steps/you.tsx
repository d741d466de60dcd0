"use client";

import { useTranslations } from "next-intl";

import { type ContactDraft, contactShape, type PersonDraft, personShape } from "../../draft";
import { contactSchema, personSchema } from "../../schemas";
import { ChoiceField, LongTextField, TextField } from "../fields";
import { type FieldsProps, StepForm, type StepProps } from "../step-form";

interface PartProps<T> extends StepProps {
  values: T;
  onChange: (values: T) => void;
  onSubmit: (values: T) => void;
}

export const PersonFields = ({ control }: FieldsProps) => {
  const t = useTranslations("apply.person");
  return (
    <>
      <TextField
        control={control}
        name="full_name"
        label={t("name")}
        help={t("nameHelp")}
        autoComplete="name"
        maxLength={200}
      />
      <TextField
        control={control}
        name="iin"
        label={t("iin")}
        help={t("iinHelp")}
        inputMode="numeric"
        maxLength={20}
        width="medium"
      />
    </>
  );
};

export const PersonStep = (props: PartProps<PersonDraft>) => {
  const t = useTranslations("apply.person");
  return (
    <StepForm {...props} shape={personShape} schema={personSchema} title={t("title")} why={t("why")}>
      {(control) => <PersonFields control={control} />}
    </StepForm>
  );
};

export const ContactFields = ({ control }: FieldsProps) => {
  const t = useTranslations("apply.contact");
  return (
    <>
      <LongTextField
        control={control}
        name="address"
        label={t("address")}
        help={t("addressHelp")}
        maxLength={500}
        rows={3}
      />
      <TextField
        control={control}
        name="email"
        label={t("email")}
        help={t("emailHelp")}
        isOptional
        type="email"
        inputMode="email"
        autoComplete="email"
        maxLength={254}
      />
      <ChoiceField
        control={control}
        name="language"
        label={t("language")}
        help={t("languageHelp")}
        choices={[
          { value: "ru", label: t("ru") },
          { value: "kk", label: t("kk") },
        ]}
      />
    </>
  );
};

export const ContactStep = (props: PartProps<ContactDraft>) => {
  const t = useTranslations("apply.contact");
  return (
    <StepForm {...props} shape={contactShape} schema={contactSchema} title={t("title")} why={t("why")}>
      {(control) => <ContactFields control={control} />}
    </StepForm>
  );
};
