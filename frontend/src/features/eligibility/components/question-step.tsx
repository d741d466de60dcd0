"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { RadioCards } from "@/components/ui/choices";
import { DateInput, MoneyInput } from "@/components/ui/masked-inputs";

import { toAnswer, toTyped, UNKNOWN } from "../answers";
import type { Answer, Question } from "../queries";

interface QuestionStepProps {
  question: Question;
  answer: Answer | undefined;
  onAnswer: (answer: Answer) => void;
  onBack?: () => void;
}

/** One question a page: what is asked, why, an answer or «не знаю», and the way back. */
export const QuestionStep = ({ question, answer, onAnswer, onBack }: QuestionStepProps) => {
  const t = useTranslations("eligibility");
  const [typed, setTyped] = useState(() => toTyped(question, answer));
  const [isWrong, setWrong] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);

  const isChoice = question.kind === "yes_no" || question.kind === "choice";
  const options =
    question.kind === "yes_no"
      ? [
          { value: "yes", label: t("yes") },
          { value: "no", label: t("no") },
        ]
      : question.options.map(({ code, label }) => ({ value: code, label }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = toAnswer(question, typed);
    if (given === null) setWrong(true);
    else onAnswer(given);
  };
  const id = `eligibility-${question.code}`;
  const change = (value: string) => {
    setTyped(value);
    setWrong(false);
  };
  const error = isWrong ? t(`missing.${question.kind}`) : undefined;
  const shape = { id, label: t("answer"), help: question.help || undefined, error };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <div className="flex flex-col gap-2">
        <h2 ref={head} tabIndex={-1} className="text-lg font-semibold outline-none sm:text-xl">
          {question.text}
        </h2>
        <p className="measure text-muted">{question.why}</p>
      </div>
      {isChoice && <RadioCards {...shape} name={id} value={typed} choices={options} onValueChange={change} />}
      {question.kind === "money" && <MoneyInput {...shape} value={typed} onValueChange={change} />}
      {question.kind === "date" && <DateInput {...shape} value={typed} onValueChange={change} />}
      <div className="flex flex-col gap-2 sm:flex-row sm:flex-wrap">
        <Button type="submit" size="large">
          {t("next")}
        </Button>
        <Button variant="secondary" size="large" onClick={() => onAnswer(UNKNOWN)}>
          {t("unknown")}
        </Button>
        {onBack && (
          <Button variant="quiet" size="large" onClick={onBack}>
            {t("back")}
          </Button>
        )}
      </div>
    </form>
  );
};
