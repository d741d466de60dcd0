"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";

import { ProblemState } from "@/components/state-panels";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";

import { askedOf, countedOf } from "../answers";
import {
  type Answer,
  type Answers,
  type EligibilityResult,
  prefillQuery,
  type Questionnaire,
  questionnaireQuery,
  useCheck,
} from "../queries";
import { QuestionStep } from "./question-step";
import { Result } from "./result";
import { ReviewStep } from "./review-step";

interface FlowProps {
  sheet: Questionnaire;
  initial: Answers;
  caseId?: string;
  resultActions?: (result: EligibilityResult) => ReactNode;
}

const Flow = ({ sheet, initial, caseId, resultActions }: FlowProps) => {
  const t = useTranslations("eligibility");
  const [answers, setAnswers] = useState<Answers>(initial);
  const [place, setPlace] = useState(0);
  /** One answer is being changed from the review, which then comes back. */
  const [isChanging, setChanging] = useState(false);
  const check = useCheck(sheet.code, caseId);
  const asked = askedOf(sheet.questions, answers);
  const question = asked[place];

  if (check.data) {
    return (
      <Result
        result={check.data}
        actions={
          <>
            {resultActions?.(check.data)}
            <Button variant="secondary" onClick={() => check.reset()}>
              {t("again")}
            </Button>
          </>
        }
      />
    );
  }
  const answer = (given: Answer) => {
    if (!question) return;
    const next = { ...answers, [question.code]: given };
    setAnswers(next);
    const later = askedOf(sheet.questions, next);
    const open = later.findIndex(({ code }) => next[code] === undefined);
    const following = later.findIndex(({ code }) => code === question.code) + 1;
    setPlace(isChanging ? (open === -1 ? later.length : open) : following);
    if (isChanging && open === -1) setChanging(false);
  };
  if (!question) {
    return (
      <ReviewStep
        questions={asked}
        answers={answers}
        busy={check.isPending}
        error={check.error}
        isKept={caseId !== undefined}
        onChange={(code) => {
          setChanging(true);
          setPlace(asked.findIndex((item) => item.code === code));
        }}
        onCheck={() => check.mutate(countedOf(sheet.questions, answers))}
      />
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <p aria-live="polite" className="text-sm text-muted">
        {t("step", { number: place + 1, total: asked.length })}
      </p>
      <QuestionStep
        key={question.code}
        question={question}
        answer={answers[question.code]}
        onAnswer={answer}
        onBack={place > 0 ? () => setPlace(place - 1) : undefined}
      />
    </div>
  );
};

interface QuestionnaireProps {
  code: string;
  caseId?: string;
  resultActions?: (result: EligibilityResult) => ReactNode;
}

/** A questionnaire from the first question to the reasoned result; on a case it begins with what the case knows. */
export const QuestionnaireFlow = ({ code, caseId, resultActions }: QuestionnaireProps) => {
  const common = useTranslations("common");
  const locale = useLocale();
  const sheet = useQuery(questionnaireQuery(code, locale));
  const prefill = useQuery({ ...prefillQuery(caseId ?? "", code), enabled: caseId !== undefined });
  const failed = sheet.error ?? prefill.error;
  if (failed) return <ProblemState error={failed} onRetry={() => void sheet.refetch()} />;
  if (!sheet.data || (caseId !== undefined && !prefill.data)) {
    return (
      <Loading label={common("loading")} className="flex flex-col gap-3">
        <Skeleton className="h-8 w-2/3" />
        <Skeleton className="h-24" />
      </Loading>
    );
  }
  const known = Object.entries(prefill.data?.answers ?? {}).flatMap(([name, value]) =>
    typeof value === "string" || typeof value === "number" ? [[name, value]] : [],
  );
  return (
    <Flow
      sheet={sheet.data}
      initial={Object.fromEntries(known)}
      caseId={caseId}
      resultActions={resultActions}
    />
  );
};
