"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { ProblemAlert } from "@/components/problem-alert";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { errorAt, isPlaced } from "@/lib/field-errors";
import { hasCode } from "@/lib/problem";

import { useTypedAnswer } from "../hooks/use-typed-answer";
import { CHANGED_MEANWHILE, useAnswer } from "../mutations";
import { type Fault, readTyped, toTyped, type Typed, withoutBlankRows } from "../typed";
import type { DraftDetail, DraftField } from "../types";
import { AnswerField } from "./answer-field";
import { AnswerView } from "./answer-view";
import { RowsField } from "./rows-field";

interface QuestionProps {
  draft: DraftDetail;
  field: DraftField;
  submitLabel: string;
  onBack?: () => void;
  onSaved: (draft: DraftDetail) => void;
}

interface Faults {
  own?: Fault;
  cells: ReadonlyMap<string, Fault>;
}

const NO_FAULTS: Faults = { cells: new Map() };

const Ask = ({ field }: { field: DraftField }) => {
  const t = useTranslations("documentInterview");
  return (
    <span className="text-lg font-semibold">
      {field.ask}
      {field.is_known && (
        <>
          {" "}
          <Badge tone="info" className="align-middle font-normal">
            {t("known")}
          </Badge>
        </>
      )}
    </span>
  );
};

/** One question with its reason; the answer is saved before the next one comes. */
export const Question = ({ draft, field, submitLabel, onBack, onSaved }: QuestionProps) => {
  const t = useTranslations("documentInterview");
  const answer = useAnswer(draft.id);
  const { typed, set, forget } = useTypedAnswer(draft.id, field);
  const [version, setVersion] = useState(draft.version);
  const [faults, setFaults] = useState(NO_FAULTS);
  const pointer = `answers/${field.code}`;
  const isStale = hasCode(answer.error, CHANGED_MEANWHILE);
  const isAtField = isPlaced(answer.error, [pointer]);

  const change = (next: Typed) => {
    set(next);
    setFaults(NO_FAULTS);
    if (isAtField) answer.reset();
  };
  const send = () => {
    if (answer.isPending) return;
    const read = readTyped(field, typed);
    set(withoutBlankRows(typed));
    if ("fault" in read) {
      setFaults({ own: read.fault === "cells" ? undefined : read.fault, cells: read.cells ?? new Map() });
      return focusFault();
    }
    const isSame = JSON.stringify(toTyped(field, field.value)) === JSON.stringify(withoutBlankRows(typed));
    if (isSame && !isStale) {
      forget();
      return onSaved(draft);
    }
    // A press after a refusal for another version is said to the answers that are shown now.
    const seen = isStale ? draft.version : version;
    setVersion(seen);
    answer.mutate(
      { version: seen, code: field.code, value: read.value },
      {
        onSuccess: (saved) => {
          forget();
          onSaved(saved);
        },
        onError: focusFault,
      },
    );
  };

  const error = faults.own ? t(`faults.${faults.own}`) : errorAt(answer.error, pointer);
  const cellError = (cell: string) => {
    const fault = faults.cells.get(cell);
    return fault ? t(`faults.${fault}`) : errorAt(answer.error, `${pointer}/${cell}`);
  };
  const shape = {
    field,
    id: "answer",
    label: <Ask field={field} />,
    help: field.why ? t("why", { why: field.why }) : undefined,
    error,
  };
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {isStale && (
        <Alert tone="warning" live title={t("stale.title")}>
          <p>{t("stale.text")}</p>
          <div>
            <p className="text-sm text-muted">{t("stale.now")}</p>
            <AnswerView field={field} />
          </div>
        </Alert>
      )}
      {!isStale && !isAtField && <ProblemAlert error={answer.error} />}
      {typeof typed === "string" ? (
        <AnswerField {...shape} typed={typed} onTyped={change} />
      ) : (
        <RowsField {...shape} rows={typed} cellError={cellError} onRows={change} />
      )}
      <div className="flex flex-col gap-2 sm:flex-row-reverse sm:justify-end">
        <Button type="submit" size="large" busy={answer.isPending}>
          {submitLabel}
        </Button>
        {onBack && (
          <Button variant="secondary" size="large" onClick={onBack}>
            {t("back")}
          </Button>
        )}
      </div>
    </form>
  );
};

/** The field with the first fault, once it is drawn. */
const focusFault = () =>
  requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus());
