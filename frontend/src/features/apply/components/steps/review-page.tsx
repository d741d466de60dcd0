"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import type { SummaryItem } from "@/components/ui/error-summary";
import { hasCode, isProblem, type Problem } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

import { useSubmitCase } from "../../mutations";
import { incompleteSteps, type PlacedError, placeError } from "../../submission";
import { isSameStep, type StepRef } from "../../steps";
import type { WizardPageProps } from "../wizard-page";
import { ReviewStep } from "./review";
import { acceptanceOf, useConsents } from "./consents";

const missingConsents = (problem: Problem): StepRef[] => {
  const missing = Array.isArray(problem.extra.missing) ? problem.extra.missing : [];
  const steps: StepRef[] = [];
  if (missing.some((kind) => kind !== "sms_agreement")) steps.push({ name: "consents" });
  if (missing.includes("sms_agreement")) steps.push({ name: "agreement" });
  return steps.length > 0 ? steps : [{ name: "consents" }];
};

const useOpenConsents = (): StepRef[] => {
  const { texts, accepted } = useConsents();
  if (!texts || !accepted) return [];
  const open = texts.filter((text) => !acceptanceOf(text, accepted));
  const steps: StepRef[] = [];
  if (open.some((text) => text.kind !== "sms_agreement")) steps.push({ name: "consents" });
  if (open.some((text) => text.kind === "sms_agreement")) steps.push({ name: "agreement" });
  return steps;
};

const useStepTitle = () => {
  const t = useTranslations("apply.pages");
  return (step: StepRef): string => {
    const isNumbered = step.index !== undefined && step.name !== "event";
    return isNumbered ? t("ofDebt", { page: t(step.name), number: (step.index ?? 0) + 1 }) : t(step.name);
  };
};

/** Sending: what is missing is named before, what the server finds is named after, and nothing is lost in between. */
export const ReviewPage = (props: WizardPageProps) => {
  const { caseId, draft, today, serverErrors, onBack, onMove, onServerErrors, onSubmitting, onSubmitFailed } =
    props;
  const t = useTranslations("apply.review");
  const describe = useProblemText();
  const titleOf = useStepTitle();
  const [missing, setMissing] = useState<readonly StepRef[]>([]);
  const submit = useSubmitCase(caseId, props.onSubmitted);
  const openConsents = useOpenConsents();
  const edit = (step: StepRef) => onMove(step, { isEdit: true });

  const fail = (error: unknown) => {
    onSubmitFailed();
    if (!isProblem(error)) return;
    if (hasCode(error, "case.consent_missing")) return setMissing(missingConsents(error));
    const placed = error.errors.map(placeError).filter((item): item is PlacedError => item !== null);
    onServerErrors(placed);
    if (error.status === 401) props.onSignedOut();
  };
  const press = () => {
    if (submit.isPending) return;
    const gaps = [...incompleteSteps(draft, today), ...openConsents];
    setMissing(gaps);
    if (gaps.length > 0) return;
    onServerErrors([]);
    onSubmitting();
    submit.mutate(draft, { onError: fail });
  };

  const gaps: SummaryItem[] = missing.map((step) => ({
    text: t("missing", { page: titleOf(step) }),
    onSelect: () => edit(step),
  }));
  const found: SummaryItem[] = serverErrors
    .filter((error) => !missing.some((step) => isSameStep(step, error.step)))
    .map((error) => ({
      text: t("wrong", { page: titleOf(error.step), detail: error.detail }),
      onSelect: () => edit(error.step),
    }));
  const isExplained = gaps.length + found.length > 0;
  const failure = submit.error && !isExplained ? describe(submit.error) : undefined;

  return (
    <ReviewStep
      draft={draft}
      problems={[...gaps, ...found]}
      failure={failure}
      busy={submit.isPending}
      onBack={onBack}
      onEdit={edit}
      onSubmit={press}
    />
  );
};
