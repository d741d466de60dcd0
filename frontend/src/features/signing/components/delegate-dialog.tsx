"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import type { SigningPerson } from "@/api/signing";
import { FormDialog } from "@/components/desk/form-dialog";
import { RadioCards } from "@/components/ui/choices";

import { useDelegate } from "../mutations";

interface DelegateDialogProps {
  requestId: string;
  representatives: readonly SigningPerson[];
  onClose: () => void;
  onDelegated: (name: string) => void;
}

/** Somebody with a power of attorney to sign does it instead. */
export const DelegateDialog = ({ requestId, representatives, onClose, onDelegated }: DelegateDialogProps) => {
  const t = useTranslations("signing.delegate");
  const [chosen, setChosen] = useState(representatives.length === 1 ? (representatives[0]?.id ?? "") : "");
  const [isMissing, setMissing] = useState(false);
  const delegate = useDelegate(requestId);
  const submit = () => {
    const person = representatives.find(({ id }) => id === chosen);
    if (!person) {
      setMissing(true);
      return;
    }
    delegate.mutate(person.id, { onSuccess: () => onDelegated(person.name) });
  };
  return (
    <FormDialog
      title={t("title")}
      lead={t("lead")}
      submitLabel={t("submit")}
      busy={delegate.isPending}
      error={delegate.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <RadioCards
        id="representative"
        name="representative"
        label={t("who")}
        value={chosen}
        error={isMissing ? t("missing") : undefined}
        choices={representatives.map(({ id, name }) => ({ value: id, label: name }))}
        onValueChange={(value) => {
          setChosen(value);
          setMissing(false);
        }}
      />
    </FormDialog>
  );
};
