"use client";

import { useTranslations } from "next-intl";

import { type FamilyDraft, familyShape, type IncomeDraft, incomeShape } from "../../draft";
import { familySchema, incomeSchema } from "../../schemas";
import { MoneyField, TextField, YesNoField } from "../fields";
import { type FieldsProps, StepForm, type StepProps } from "../step-form";

interface PartProps<T> extends StepProps {
  values: T;
  onChange: (values: T) => void;
  onSubmit: (values: T) => void;
}

export const IncomeFields = ({ control }: FieldsProps) => {
  const t = useTranslations("apply.income");
  return (
    <>
      <TextField control={control} name="source" label={t("source")} help={t("sourceHelp")} maxLength={300} />
      <MoneyField control={control} name="monthly_now" label={t("now")} help={t("nowHelp")} />
      <MoneyField control={control} name="monthly_before" label={t("before")} />
    </>
  );
};

export const IncomeStep = (props: PartProps<IncomeDraft>) => {
  const t = useTranslations("apply.income");
  return (
    <StepForm {...props} shape={incomeShape} schema={incomeSchema} title={t("title")} why={t("why")}>
      {(control) => <IncomeFields control={control} />}
    </StepForm>
  );
};

export const FamilyFields = ({ control }: FieldsProps) => {
  const t = useTranslations("apply.family");
  return (
    <>
      <TextField
        control={control}
        name="dependents"
        label={t("dependents")}
        help={t("dependentsHelp")}
        inputMode="numeric"
        maxLength={2}
        width="short"
      />
      <TextField
        control={control}
        name="disabled_dependents"
        label={t("disabled")}
        isOptional
        inputMode="numeric"
        maxLength={2}
        width="short"
      />
      <YesNoField control={control} name="social_aid" label={t("aid")} help={t("aidHelp")} />
      <MoneyField control={control} name="avg2" label={t("avg2")} help={t("avgHelp")} isOptional />
      <MoneyField control={control} name="avg12" label={t("avg12")} isOptional />
    </>
  );
};

export const FamilyStep = (props: PartProps<FamilyDraft>) => {
  const t = useTranslations("apply.family");
  return (
    <StepForm {...props} shape={familyShape} schema={familySchema} title={t("title")} why={t("why")}>
      {(control) => <FamilyFields control={control} />}
    </StepForm>
  );
};
