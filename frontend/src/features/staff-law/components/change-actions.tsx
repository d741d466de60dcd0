"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { ReasonDialog } from "@/components/desk/reason-dialog";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

import { type ChangeStep, useChangeStep } from "../queries";
import type { LawChange } from "../types";
import { EditDialog } from "./edit-dialog";

const STEPS = ["submit", "approve", "reject", "withdraw"] as const;
const LOUD: Partial<Record<ChangeStep, "primary">> = { submit: "primary", approve: "primary" };

/** What the reader may do with the proposal now; the server says which. */
export const ChangeActions = ({ change }: { change: LawChange }) => {
  const t = useTranslations("staffLaw.step");
  const edit = useTranslations("staffLaw.edit");
  const [step, setStep] = useState<ChangeStep | null>(null);
  const [isEditing, setEditing] = useState(false);
  return (
    <>
      {change.allowed_actions.includes("edit") && (
        <Button variant="secondary" size="dense" className="max-sm:min-h-11" onClick={() => setEditing(true)}>
          {edit("button")}
        </Button>
      )}
      {STEPS.filter((name) => change.allowed_actions.includes(name)).map((name) => (
        <Button
          key={name}
          variant={LOUD[name] ?? "secondary"}
          size="dense"
          className="max-sm:min-h-11"
          onClick={() => setStep(name)}
        >
          {t(`${name}.button`)}
        </Button>
      ))}
      {isEditing && <EditDialog change={change} onClose={() => setEditing(false)} />}
      {step && <StepWindow change={change} step={step} onClose={() => setStep(null)} />}
    </>
  );
};

const StepWindow = ({
  change,
  step,
  onClose,
}: {
  change: LawChange;
  step: ChangeStep;
  onClose: () => void;
}) => {
  const t = useTranslations("staffLaw.step");
  const toast = useToast();
  const write = useChangeStep(change, step, () => {
    toast.show("success", t(`${step}.done`));
    onClose();
  });
  if (step === "approve" || step === "reject") {
    return (
      <ReasonDialog
        title={t(`${step}.title`)}
        lead={t(`${step}.lead`)}
        label={t("note")}
        field="note"
        isOptional={step === "approve"}
        submitLabel={t(`${step}.button`)}
        mutation={write}
        onSubmit={(note) => write.mutate({ note })}
        onClose={onClose}
      />
    );
  }
  return (
    <ConfirmDialog
      title={t(`${step}.title`)}
      submitLabel={t(`${step}.button`)}
      busy={write.isPending}
      error={write.error}
      onConfirm={() => write.mutate({})}
      onClose={onClose}
    >
      <p>{t(`${step}.lead`)}</p>
    </ConfirmDialog>
  );
};
