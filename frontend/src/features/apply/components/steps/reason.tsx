"use client";

import { useTranslations } from "next-intl";

import { HARDSHIPS } from "@/lib/story-codes";

import { type HardshipDraft, hardshipShape } from "../../draft";
import { hardshipSchema, storySchema } from "../../schemas";
import { ChoiceField, DateField, LongTextField } from "../fields";
import { type FieldsProps, StepForm, type StepProps } from "../step-form";

interface ReasonProps extends StepProps {
  values: HardshipDraft;
  onChange: (values: HardshipDraft) => void;
  onSubmit: (values: HardshipDraft) => void;
}

export const HardshipFields = ({ control }: FieldsProps) => {
  const t = useTranslations("apply.hardship");
  return (
    <>
      <ChoiceField
        control={control}
        name="code"
        label={t("code")}
        choices={HARDSHIPS.map((code) => ({ value: code, label: t(`codes.${code}`) }))}
      />
      <DateField control={control} name="since" label={t("since")} help={t("sinceHelp")} />
    </>
  );
};

export const HardshipStep = ({ today, ...props }: ReasonProps & { today: string }) => {
  const t = useTranslations("apply.hardship");
  return (
    <StepForm
      {...props}
      shape={hardshipShape}
      schema={hardshipSchema(today)}
      title={t("title")}
      why={t("why")}
    >
      {(control) => <HardshipFields control={control} />}
    </StepForm>
  );
};

export const StoryFields = ({ control }: FieldsProps) => {
  const t = useTranslations("apply.story");
  return (
    <LongTextField
      control={control}
      name="text"
      label={t("label")}
      help={t("help")}
      maxLength={4000}
      rows={8}
    />
  );
};

export const StoryStep = (props: ReasonProps) => {
  const t = useTranslations("apply.story");
  return (
    <StepForm
      {...props}
      shape={hardshipShape}
      schema={storySchema}
      title={t("title")}
      lead={<p>{t("lead")}</p>}
    >
      {(control) => <StoryFields control={control} />}
    </StepForm>
  );
};
