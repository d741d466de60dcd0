"use client";

import { Building2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Control, useController } from "react-hook-form";

import type { CreditorHit } from "@/api/types";
import type { Answers } from "@/components/form/checked-form";
import { Button } from "@/components/ui/button";

import { CREDITOR_TYPES, type DebtDraft, debtShape } from "../../draft";
import { creditorSchema } from "../../schemas";
import { CreditorSearch } from "../creditor-search";
import { ChoiceField, TextField } from "../fields";
import { StepForm, type StepProps, useFieldId } from "../step-form";

interface CreditorStepProps extends StepProps {
  values: DebtDraft;
  number: number;
  onChange: (values: DebtDraft) => void;
  onSubmit: (values: DebtDraft) => void;
}

const useCreditor = (control: Control<Answers>) => {
  const { field: id } = useController({ control, name: "creditor_id" });
  const { field: name, fieldState } = useController({ control, name: "creditor_name" });
  const { field: type } = useController({ control, name: "creditor_type" });
  const { field: bin } = useController({ control, name: "creditor_bin" });
  const put = (creditor: { id: string | null; name: string; type: string; bin: string }) => {
    id.onChange(creditor.id);
    name.onChange(creditor.name);
    type.onChange(creditor.type);
    bin.onChange(creditor.bin);
  };
  return { put, name, error: fieldState.error?.message };
};

const ChosenCreditor = ({ debt, onOther }: { debt: DebtDraft; onOther: () => void }) => {
  const t = useTranslations("apply.creditor");
  return (
    <div className="flex flex-col gap-3 rounded-card border border-primary bg-primary-soft p-4">
      <p className="flex items-start gap-3">
        <Building2 aria-hidden className="mt-0.5 size-5 shrink-0 text-primary" />
        <span className="min-w-0">
          <span className="block font-semibold text-ink">{debt.creditor_name}</span>
          {debt.creditor_type && <span className="block text-sm">{t(`types.${debt.creditor_type}`)}</span>}
        </span>
      </p>
      <Button variant="secondary" size="dense" onClick={onOther} className="min-h-11 self-start">
        {t("other")}
      </Button>
    </div>
  );
};

/** Chosen from the registry, or typed in with its kind. */
export const CreditorFields = ({ control, debt }: { control: Control<Answers>; debt: DebtDraft }) => {
  const t = useTranslations("apply.creditor");
  const fieldId = useFieldId();
  const { put, name, error } = useCreditor(control);
  const [isTyped, setTyped] = useState(debt.creditor_id === null && debt.creditor_type !== "");

  const searchAgain = () => {
    setTyped(false);
    put({ id: null, name: "", type: "", bin: "" });
  };
  const choose = (hit: CreditorHit) =>
    put({ id: hit.id, name: hit.name, type: hit.type, bin: hit.bin ?? "" });

  if (debt.creditor_id !== null) return <ChosenCreditor debt={debt} onOther={searchAgain} />;
  if (!isTyped) {
    return (
      <CreditorSearch
        id={fieldId("creditor_name")}
        value={debt.creditor_name}
        error={error}
        onValueChange={name.onChange}
        onChoose={choose}
        onTypeIn={() => setTyped(true)}
      />
    );
  }
  return (
    <>
      <TextField
        control={control}
        name="creditor_name"
        label={t("name")}
        help={t("nameHelp")}
        maxLength={300}
      />
      <ChoiceField
        control={control}
        name="creditor_type"
        label={t("type")}
        choices={CREDITOR_TYPES.map((type) => ({ value: type, label: t(`types.${type}`) }))}
      />
      <TextField
        control={control}
        name="creditor_bin"
        label={t("bin")}
        help={t("binHelp")}
        isOptional
        inputMode="numeric"
        maxLength={20}
        width="medium"
      />
      <Button variant="quiet" onClick={searchAgain} className="-ml-4 self-start">
        {t("searchAgain")}
      </Button>
    </>
  );
};

export const CreditorStep = ({ number, ...props }: CreditorStepProps) => {
  const t = useTranslations("apply.creditor");
  return (
    <StepForm
      {...props}
      shape={debtShape}
      schema={creditorSchema}
      title={number === 1 ? t("title") : t("titleNext", { number })}
      lead={number === 1 ? <p>{t("lead")}</p> : undefined}
    >
      {(control, debt) => <CreditorFields control={control} debt={debt} />}
    </StepForm>
  );
};
