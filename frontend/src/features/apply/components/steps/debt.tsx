"use client";

import { useTranslations } from "next-intl";

import { type DebtDraft, debtShape, OVERDUE_SOURCES } from "../../draft";
import { amountsSchema, contractSchema, overdueSchema, paymentSchema } from "../../schemas";
import { ChoiceField, DateField, MoneyField, TextField, YesNoField } from "../fields";
import { type FieldsProps, StepForm, type StepProps } from "../step-form";

interface DebtStepProps extends StepProps {
  values: DebtDraft;
  today: string;
  onChange: (values: DebtDraft) => void;
  onSubmit: (values: DebtDraft) => void;
}

const DebtName = ({ debt }: { debt: DebtDraft }) =>
  debt.creditor_name ? <p className="font-medium text-muted">{debt.creditor_name}</p> : null;

export const ContractFields = ({ control }: FieldsProps) => {
  const t = useTranslations("apply.contract");
  return (
    <>
      <TextField
        control={control}
        name="contract_number"
        label={t("number")}
        help={t("numberHelp")}
        maxLength={100}
      />
      <DateField control={control} name="contract_date" label={t("date")} />
      <MoneyField control={control} name="original_amount" label={t("amount")} isOptional />
    </>
  );
};

export const ContractStep = ({ today, ...props }: DebtStepProps) => {
  const t = useTranslations("apply.contract");
  return (
    <StepForm
      {...props}
      shape={debtShape}
      schema={contractSchema(today)}
      title={t("title")}
      lead={<DebtName debt={props.values} />}
      why={t("why")}
    >
      {(control) => <ContractFields control={control} />}
    </StepForm>
  );
};

export const AmountsFields = ({ control }: FieldsProps) => {
  const t = useTranslations("apply.amounts");
  return (
    <>
      <MoneyField control={control} name="principal" label={t("principal")} help={t("principalHelp")} />
      <MoneyField control={control} name="interest" label={t("interest")} help={t("unknown")} isOptional />
      <MoneyField control={control} name="penalty" label={t("penalty")} help={t("unknown")} isOptional />
    </>
  );
};

export const AmountsStep = ({ today: _today, ...props }: DebtStepProps) => {
  const t = useTranslations("apply.amounts");
  return (
    <StepForm
      {...props}
      shape={debtShape}
      schema={amountsSchema}
      title={t("title")}
      lead={
        <>
          <DebtName debt={props.values} />
          <p>{t("lead")}</p>
        </>
      }
    >
      {(control) => <AmountsFields control={control} />}
    </StepForm>
  );
};

export const PaymentFields = ({ control }: FieldsProps) => {
  const t = useTranslations("apply.payment");
  return (
    <>
      <MoneyField control={control} name="monthly_payment" label={t("monthly")} isOptional />
      <TextField
        control={control}
        name="rate"
        label={t("rate")}
        help={t("rateHelp")}
        isOptional
        inputMode="decimal"
        maxLength={8}
        width="medium"
      />
      <TextField
        control={control}
        name="term_months"
        label={t("term")}
        isOptional
        inputMode="numeric"
        maxLength={4}
        width="medium"
      />
      <TextField
        control={control}
        name="collateral"
        label={t("collateral")}
        help={t("collateralHelp")}
        isOptional
        maxLength={500}
      />
    </>
  );
};

export const PaymentStep = ({ today: _today, ...props }: DebtStepProps) => {
  const t = useTranslations("apply.payment");
  return (
    <StepForm
      {...props}
      shape={debtShape}
      schema={paymentSchema}
      title={t("title")}
      lead={
        <>
          <DebtName debt={props.values} />
          <p>{t("lead")}</p>
        </>
      }
    >
      {(control) => <PaymentFields control={control} />}
    </StepForm>
  );
};

export const OverdueFields = ({ control, debt }: FieldsProps & { debt: DebtDraft }) => {
  const t = useTranslations("apply.overdue");
  return (
    <>
      <YesNoField control={control} name="has_overdue" label={t("question")} yes={t("yes")} no={t("no")} />
      {debt.has_overdue === "yes" && (
        <>
          <DateField control={control} name="overdue_since" label={t("since")} help={t("sinceHelp")} />
          <ChoiceField
            control={control}
            name="overdue_source"
            label={t("source")}
            choices={OVERDUE_SOURCES.map((source) => ({ value: source, label: t(`sources.${source}`) }))}
          />
        </>
      )}
    </>
  );
};

export const OverdueStep = ({ today, ...props }: DebtStepProps) => {
  const t = useTranslations("apply.overdue");
  return (
    <StepForm
      {...props}
      shape={debtShape}
      schema={overdueSchema(today)}
      title={t("title")}
      lead={<DebtName debt={props.values} />}
      why={t("why")}
    >
      {(control, values) => <OverdueFields control={control} debt={values} />}
    </StepForm>
  );
};
