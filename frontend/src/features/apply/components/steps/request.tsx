"use client";

import { useTranslations } from "next-intl";

import { RELIEF_KINDS } from "@/lib/story-codes";

import { type ReliefDraft, reliefShape } from "../../draft";
import { reliefNumbersSchema, reliefSchema } from "../../schemas";
import { ChoicesField, LongTextField, MoneyField, TextField } from "../fields";
import { type FieldsProps, StepForm, type StepProps } from "../step-form";

interface ReliefProps extends StepProps {
  values: ReliefDraft;
  onChange: (values: ReliefDraft) => void;
  onSubmit: (values: ReliefDraft) => void;
}

export const ReliefFields = ({ control }: FieldsProps) => {
  const t = useTranslations("apply.relief");
  return (
    <ChoicesField
      control={control}
      name="kinds"
      label={t("kinds")}
      choices={RELIEF_KINDS.map((kind) => ({
        value: kind,
        label: t(`kind.${kind}.label`),
        help: t(`kind.${kind}.help`),
      }))}
    />
  );
};

export const ReliefStep = (props: ReliefProps) => {
  const t = useTranslations("apply.relief");
  return (
    <StepForm
      {...props}
      shape={reliefShape}
      schema={reliefSchema}
      title={t("title")}
      lead={<p>{t("lead")}</p>}
    >
      {(control) => <ReliefFields control={control} />}
    </StepForm>
  );
};

export const ReliefNumbersFields = ({ control, kinds }: FieldsProps & { kinds: readonly string[] }) => {
  const t = useTranslations("apply.reliefNumbers");
  const wants = (kind: string) => kinds.includes(kind);
  return (
    <>
      {wants("DEFERRAL") && (
        <TextField
          control={control}
          name="defer_months"
          label={t("defer")}
          help={t("deferHelp")}
          inputMode="numeric"
          maxLength={3}
          width="short"
        />
      )}
      {wants("TERM_EXTENDED") && (
        <TextField
          control={control}
          name="new_term_months"
          label={t("term")}
          help={t("termHelp")}
          inputMode="numeric"
          maxLength={4}
          width="short"
        />
      )}
      {wants("RATE_CUT") && (
        <TextField
          control={control}
          name="new_rate"
          label={t("rate")}
          help={t("rateHelp")}
          isOptional
          inputMode="decimal"
          maxLength={8}
          width="short"
        />
      )}
      <MoneyField
        control={control}
        name="new_payment"
        label={t("payment")}
        help={t("paymentHelp")}
        isOptional
      />
      <LongTextField
        control={control}
        name="comment"
        label={t("comment")}
        help={t("commentHelp")}
        isOptional
        maxLength={2000}
        rows={4}
      />
    </>
  );
};

export const ReliefNumbersStep = (props: ReliefProps) => {
  const t = useTranslations("apply.reliefNumbers");
  return (
    <StepForm
      {...props}
      shape={reliefShape}
      schema={reliefNumbersSchema}
      title={t("title")}
      lead={<p>{t("lead")}</p>}
    >
      {(control) => <ReliefNumbersFields control={control} kinds={props.values.kinds} />}
    </StepForm>
  );
};
