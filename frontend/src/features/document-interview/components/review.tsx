"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { ProblemAlert } from "@/components/problem-alert";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { isPlaced } from "@/lib/field-errors";
import { isProblem } from "@/lib/problem";

import { useGenerate } from "../mutations";
import { asked } from "../typed";
import type { DraftDetail, DraftField } from "../types";
import { AnswerView } from "./answer-view";

interface ReviewProps {
  draft: DraftDetail;
  onEdit: (code: string) => void;
  onBack: () => void;
  onMade: (documentId: string) => void;
}

const Row = ({ field, isMissing, onEdit }: { field: DraftField; isMissing: boolean; onEdit: () => void }) => {
  const t = useTranslations("documentInterview");
  return (
    <div className="flex flex-col gap-1 py-3">
      <dt className="text-sm text-muted">{field.ask}</dt>
      <dd className="flex flex-col items-start gap-1 sm:flex-row sm:justify-between sm:gap-4">
        <div className="flex min-w-0 flex-col items-start gap-1">
          <AnswerView field={field} />
          {field.is_known && <Badge tone="info">{t("known")}</Badge>}
          {isMissing && <Badge tone="danger">{t("review.needed")}</Badge>}
        </div>
        <Button
          variant="quiet"
          className="-ml-4 shrink-0 sm:ml-0"
          aria-label={t(isMissing ? "review.answerTo" : "review.editOf", { question: field.ask })}
          onClick={onEdit}
        >
          {t(isMissing ? "review.answer" : "review.edit")}
        </Button>
      </dd>
    </div>
  );
};

const refusedAnswers = (error: unknown, fields: readonly DraftField[]) =>
  (isProblem(error) ? error.errors : [])
    .filter(({ code }) => code !== "required")
    .flatMap(({ pointer, detail }) => {
      const field = fields.find(({ code }) => pointer.startsWith(`/answers/${code}`));
      return field ? [{ code: field.code, text: `${field.ask} ${detail}` }] : [];
    });

/** Every answer once more; from here the document is made, or any answer is mended. */
export const Review = ({ draft, onEdit, onBack, onMade }: ReviewProps) => {
  const t = useTranslations("documentInterview");
  const [isRefused, setRefused] = useState(false);
  const generate = useGenerate(draft.id, (document) => onMade(document.id));
  const fields = asked(draft.fields_asked);
  const missing = fields.filter(({ code }) => draft.missing.includes(code));
  const isAtFields = isPlaced(generate.error, ["answers/"]);
  // What the server refuses of answers that are there: sums that do not fit each other.
  const refused = isAtFields ? refusedAnswers(generate.error, fields) : [];
  const make = () => {
    setRefused(missing.length > 0);
    if (missing.length === 0) generate.mutate(draft.version);
  };
  return (
    <div className="flex flex-col gap-5">
      <p className="measure">{t("review.lead")}</p>
      {refused.length > 0 && (
        <ErrorSummary
          title={t("review.refused")}
          items={refused.map(({ code, text }) => ({ text, onSelect: () => onEdit(code) }))}
        />
      )}
      {(isRefused || (isAtFields && refused.length === 0)) && (
        <ErrorSummary
          title={t("review.missing", { count: missing.length })}
          items={missing.map(({ code, ask }) => ({ text: ask, onSelect: () => onEdit(code) }))}
        />
      )}
      {!isAtFields && <ProblemAlert error={generate.error} />}
      <dl className="flex flex-col divide-y divide-line rounded-card border border-line bg-surface px-4 sm:px-6">
        {fields.map((field) => (
          <Row
            key={field.code}
            field={field}
            isMissing={missing.includes(field)}
            onEdit={() => onEdit(field.code)}
          />
        ))}
      </dl>
      <div className="flex flex-col gap-2 sm:flex-row-reverse sm:justify-end">
        <Button size="large" busy={generate.isPending} onClick={make}>
          {t("review.make")}
        </Button>
        <Button variant="secondary" size="large" onClick={onBack}>
          {t("back")}
        </Button>
      </div>
    </div>
  );
};
