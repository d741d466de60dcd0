"use client";

import { useTranslations } from "next-intl";

import { CheckedForm } from "@/components/form/checked-form";
import { ChoicesField, DateField, PhoneField, TextField } from "@/components/form/fields";

import {
  daysSchema,
  MORE_SCOPES,
  paperSchema,
  type PowerDraft,
  type PowerWords,
  scopeSchema,
  whoSchema,
} from "../draft";

export interface WizardStepProps {
  draft: PowerDraft;
  words: PowerWords;
  today: string;
  /** What the server said of the whole, shown at its field. */
  error: unknown;
  onChange: (part: Partial<PowerDraft>) => void;
  onNext: (part: Partial<PowerDraft>) => void;
}

export const WhoStep = ({ draft, words, error, onChange, onNext }: WizardStepProps) => {
  const t = useTranslations("powers.new");
  return (
    <CheckedForm
      values={{ representative_phone: draft.representative_phone }}
      schema={whoSchema(words)}
      error={error}
      busy={false}
      submitLabel={t("next")}
      onChange={onChange}
      onSubmit={onNext}
    >
      {(field) => <PhoneField {...field("representative_phone")} label={t("phone")} help={t("phoneHelp")} />}
    </CheckedForm>
  );
};

export const ScopeStep = ({ draft, error, onChange, onNext }: WizardStepProps) => {
  const t = useTranslations("powers.new");
  return (
    <CheckedForm
      values={{ scope: draft.scope }}
      schema={scopeSchema()}
      error={error}
      busy={false}
      submitLabel={t("next")}
      onChange={onChange}
      onSubmit={({ scope }) => onNext({ scope: ["view", ...scope.filter((code) => code !== "view")] })}
    >
      {(field) => (
        <ChoicesField
          {...field("scope")}
          label={t("scope")}
          help={t("scopeHelp")}
          choices={MORE_SCOPES.map((code) => ({
            value: code,
            label: t(`scopes.${code}.label`),
            help: t(`scopes.${code}.help`),
          }))}
        />
      )}
    </CheckedForm>
  );
};

export const DaysStep = ({ draft, words, today, error, onChange, onNext }: WizardStepProps) => {
  const t = useTranslations("powers.new");
  return (
    <CheckedForm
      values={{ valid_from: draft.valid_from, valid_until: draft.valid_until }}
      schema={daysSchema(words, today)}
      error={error}
      busy={false}
      submitLabel={t("next")}
      onChange={onChange}
      onSubmit={onNext}
    >
      {(field) => (
        <>
          <DateField {...field("valid_from")} label={t("validFrom")} />
          <DateField {...field("valid_until")} label={t("validUntil")} help={t("validUntilHelp")} />
        </>
      )}
    </CheckedForm>
  );
};

export const PaperStep = ({ draft, words, error, onChange, onNext }: WizardStepProps) => {
  const t = useTranslations("powers.new");
  return (
    <CheckedForm
      values={{ number: draft.number, issued_by: draft.issued_by }}
      schema={paperSchema(words)}
      error={error}
      busy={false}
      submitLabel={t("next")}
      onChange={onChange}
      onSubmit={onNext}
    >
      {(field) => (
        <>
          <TextField {...field("number")} label={t("number")} maxLength={60} width="medium" />
          <TextField {...field("issued_by")} label={t("issuedBy")} help={t("issuedByHelp")} maxLength={200} />
        </>
      )}
    </CheckedForm>
  );
};
