"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo } from "react";

import type { CaseDetail } from "@/api/types";

import { type DebtDraft, type Draft, emptyDebt, emptyEvent, type EventDraft } from "../draft";
import type { PlacedError } from "../submission";
import { isSameStep, type StepRef } from "../steps";
import type { StepProps } from "./step-form";
import { AgreementStep } from "./steps/agreement";
import { ConsentsStep } from "./steps/consents";
import { CreditorStep } from "./steps/creditor";
import { AmountsStep, ContractStep, OverdueStep, PaymentStep } from "./steps/debt";
import { DebtsList } from "./steps/debts-list";
import { EventsList, EventStep } from "./steps/events";
import { FamilyStep, IncomeStep } from "./steps/income";
import { HardshipStep, StoryStep } from "./steps/reason";
import { ReliefNumbersStep, ReliefStep } from "./steps/request";
import { ReviewPage } from "./steps/review-page";
import { ContactStep, PersonStep } from "./steps/you";

export interface WizardPageProps {
  caseId: string;
  step: StepRef;
  draft: Draft;
  today: string;
  isEdit: boolean;
  serverErrors: readonly PlacedError[];
  onChange: (draft: Draft) => void;
  onBack: (() => void) | null;
  onForward: () => void;
  onMove: (step: StepRef, options?: { isEdit?: boolean }) => void;
  onServerErrors: (errors: readonly PlacedError[]) => void;
  onSubmitting: () => void;
  onSubmitFailed: () => void;
  onSubmitted: (detail: CaseDetail) => void;
  onSignedOut: () => void;
}

const replaceAt = <T,>(items: readonly T[], index: number, item: T): T[] => {
  const copy = [...items];
  copy[index] = item;
  return copy;
};

const useStepProps = ({ step, isEdit, serverErrors, onBack }: WizardPageProps): StepProps => {
  const t = useTranslations("apply");
  const own = useMemo(
    () => serverErrors.filter((error) => error.field !== "" && isSameStep(error.step, step)),
    [serverErrors, step],
  );
  return { serverErrors: own, onBack, submitLabel: isEdit ? t("backToReview") : t("continue") };
};

const DebtPage = (props: WizardPageProps & { shared: StepProps }) => {
  const { step, draft, today, shared, onChange, onForward } = props;
  const index = Math.min(step.index ?? 0, draft.debts.length);
  const debt = draft.debts[index] ?? emptyDebt();
  const put = (next: DebtDraft) => onChange({ ...draft, debts: replaceAt(draft.debts, index, next) });
  const submit = (next: DebtDraft) => {
    put(next);
    onForward();
  };
  const part = { ...shared, values: debt, onChange: put, onSubmit: submit };
  switch (step.name) {
    case "creditor":
      return <CreditorStep {...part} number={index + 1} />;
    case "contract":
      return <ContractStep {...part} today={today} />;
    case "amounts":
      return <AmountsStep {...part} today={today} />;
    case "payment":
      return <PaymentStep {...part} today={today} />;
    default:
      return <OverdueStep {...part} today={today} />;
  }
};

const DebtsPage = ({
  draft,
  onChange,
  onMove,
  shared,
  onForward,
}: WizardPageProps & { shared: StepProps }) => {
  const isEmpty = draft.debts.length === 0;
  useEffect(() => {
    if (isEmpty) onMove({ name: "creditor", index: 0 });
  }, [isEmpty, onMove]);
  if (isEmpty) return null;
  return (
    <DebtsList
      debts={draft.debts}
      submitLabel={shared.submitLabel}
      onBack={shared.onBack}
      onEdit={(index) => onMove({ name: "creditor", index })}
      onAdd={() => onMove({ name: "creditor", index: draft.debts.length })}
      onRemove={(index) => onChange({ ...draft, debts: draft.debts.filter((_, at) => at !== index) })}
      onContinue={onForward}
    />
  );
};

const EventPage = (props: WizardPageProps & { shared: StepProps }) => {
  const { step, draft, today, shared, onChange, onForward } = props;
  const index = Math.min(step.index ?? 0, draft.events.length);
  const event = draft.events[index] ?? emptyEvent();
  const put = (next: EventDraft) => onChange({ ...draft, events: replaceAt(draft.events, index, next) });
  const submit = (next: EventDraft) => {
    put(next);
    onForward();
  };
  return (
    <EventStep
      {...shared}
      values={event}
      debts={draft.debts}
      today={today}
      onChange={put}
      onSubmit={submit}
    />
  );
};

/** Picks the page by the step and puts its part of the draft into it. */
export const WizardPage = (props: WizardPageProps) => {
  const { step, draft, today, onChange, onForward, onMove } = props;
  const shared = useStepProps(props);

  const part = <K extends "person" | "contact" | "income" | "family" | "hardship" | "relief">(name: K) => {
    const put = (values: Draft[K]) => onChange({ ...draft, [name]: values });
    return {
      ...shared,
      values: draft[name],
      onChange: put,
      onSubmit: (values: Draft[K]) => {
        put(values);
        onForward();
      },
    };
  };

  switch (step.name) {
    case "person":
      return <PersonStep {...part("person")} />;
    case "contact":
      return <ContactStep {...part("contact")} />;
    case "debts":
      return <DebtsPage {...props} shared={shared} />;
    case "income":
      return <IncomeStep {...part("income")} />;
    case "family":
      return <FamilyStep {...part("family")} />;
    case "events":
      return (
        <EventsList
          events={draft.events}
          submitLabel={shared.submitLabel}
          onBack={shared.onBack}
          onEdit={(index) => onMove({ name: "event", index })}
          onAdd={() => onMove({ name: "event", index: draft.events.length })}
          onRemove={(index) => onChange({ ...draft, events: draft.events.filter((_, at) => at !== index) })}
          onContinue={onForward}
        />
      );
    case "event":
      return <EventPage {...props} shared={shared} />;
    case "hardship":
      return <HardshipStep {...part("hardship")} today={today} />;
    case "story":
      return <StoryStep {...part("hardship")} />;
    case "relief":
      return <ReliefStep {...part("relief")} />;
    case "relief-numbers":
      return <ReliefNumbersStep {...part("relief")} />;
    case "consents":
      return <ConsentsStep onBack={shared.onBack} submitLabel={shared.submitLabel} onContinue={onForward} />;
    case "agreement":
      return <AgreementStep onBack={shared.onBack} submitLabel={shared.submitLabel} onContinue={onForward} />;
    case "review":
      return <ReviewPage {...props} />;
    default:
      return <DebtPage {...props} shared={shared} />;
  }
};
