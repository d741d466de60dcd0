"use client";

import { useLocale, useTranslations } from "next-intl";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { formatDate, formatMoney } from "@/lib/format";
import { useProblemText } from "@/lib/use-problem-text";

import { UNKNOWN } from "../answers";
import type { Answer, Answers, Question } from "../queries";

interface ReviewStepProps {
  questions: readonly Question[];
  answers: Answers;
  busy: boolean;
  error: unknown;
  isKept: boolean;
  onChange: (code: string) => void;
  onCheck: () => void;
}

export const useAnswerText = () => {
  const t = useTranslations("eligibility");
  const locale = useLocale();
  return (question: Question, answer: Answer | undefined): string => {
    if (answer === undefined) return t("notAnswered");
    if (answer === UNKNOWN) return t("unknown");
    if (question.kind === "money") return formatMoney(Number(answer));
    if (question.kind === "date") return formatDate(String(answer), locale);
    if (question.kind === "yes_no") return t(answer === "yes" ? "yes" : "no");
    return question.options.find(({ code }) => code === answer)?.label ?? String(answer);
  };
};

/** Everything that was answered, to be looked over and changed before it counts. */
export const ReviewStep = ({
  questions,
  answers,
  busy,
  error,
  isKept,
  onChange,
  onCheck,
}: ReviewStepProps) => {
  const t = useTranslations("eligibility");
  const describe = useProblemText();
  const textOf = useAnswerText();
  return (
    <section aria-labelledby="eligibility-review" className="flex flex-col gap-4">
      <h2 id="eligibility-review" className="text-lg font-semibold sm:text-xl">
        {t("review")}
      </h2>
      <p className="measure text-muted">{t(isKept ? "keptNote" : "notKeptNote")}</p>
      <ul className="flex flex-col divide-y divide-line rounded-card border border-line bg-surface">
        {questions.map((question) => (
          <li
            key={question.code}
            className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-4 py-3"
          >
            <div className="min-w-0 flex-1 basis-60">
              <p className="text-sm text-muted">{question.text}</p>
              <p className="font-medium break-words">{textOf(question, answers[question.code])}</p>
            </div>
            <Button
              variant="quiet"
              size="dense"
              onClick={() => onChange(question.code)}
              aria-label={t("changeOf", { question: question.text })}
            >
              {t("change")}
            </Button>
          </li>
        ))}
      </ul>
      {Boolean(error) && (
        <Alert tone="danger" live>
          {describe(error)}
        </Alert>
      )}
      <Button size="large" busy={busy} className="sm:self-start" onClick={onCheck}>
        {t("check")}
      </Button>
    </section>
  );
};
