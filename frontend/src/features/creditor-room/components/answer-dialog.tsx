"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { Comparison } from "@/components/offers/comparison";
import { isPlaced } from "@/lib/field-errors";
import { PaymentSchedule } from "@/components/schedules/payment-schedule";
import { Alert } from "@/components/ui/alert";
import { todayInAlmaty } from "@/lib/dates";
import { sessionQuery } from "@/lib/session";
import { useQuiet } from "@/lib/use-quiet";

import { answerOf, emptyAnswer } from "../answer";
import { useAnswer, usePreview } from "../mutations";
import type { AnswerKind, RoomLetterDetail } from "../types";
import { AnswerFields } from "./answer-fields";

const PLACED = [
  "kind",
  "words",
  "reason_code",
  "terms",
  "valid_until",
  "papers",
  "outgoing_number",
  "file_id",
];
const KINDS: readonly AnswerKind[] = ["agree", "offer", "papers", "refuse"];

/** Kinds that the letter can be answered with now. */
export const kindsOf = (letter: RoomLetterDetail): AnswerKind[] =>
  KINDS.filter((kind) => letter.allowed_actions.includes(`answer_${kind}`));

/** What the terms being typed would mean for this debt. */
const TermsPreview = ({ letterId, answer }: { letterId: string; answer: ReturnType<typeof answerOf> }) => {
  const preview = usePreview();
  const quiet = useQuiet(JSON.stringify(answer.terms));
  const { mutate } = preview;
  useEffect(() => {
    if (quiet !== "null" && quiet === JSON.stringify(answer.terms)) {
      mutate({ letter_ids: [letterId], answer });
    }
    // The terms alone decide; other fields change nothing of the schedule.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [quiet, letterId, mutate]);
  const row = preview.data?.items[0];
  if (!row || answer.terms === null) return null;
  if (row.code) return <Alert tone="warning">{row.detail}</Alert>;
  return row.after ? (
    <div className="flex flex-col gap-3">
      <Comparison before={row.before} after={row.after} />
      <PaymentSchedule rows={row.schedule} />
    </div>
  ) : null;
};

/** Answering one letter. */
export const AnswerDialog = ({ letter, onClose }: { letter: RoomLetterDetail; onClose: () => void }) => {
  const t = useTranslations("room.answer");
  const { data: session } = useQuery(sessionQuery);
  const kinds = kindsOf(letter);
  const [value, setValue] = useState(() =>
    emptyAnswer(kinds.includes("offer") ? "offer" : (kinds[0] ?? "agree"), session?.today ?? todayInAlmaty()),
  );
  const answer = useAnswer(letter.id, onClose);
  const body = answerOf(value);
  return (
    <FormDialog
      title={t("title", { number: letter.case_number })}
      submitLabel={t(`submit.${value.kind}`)}
      danger={value.kind === "refuse"}
      busy={answer.isPending}
      error={answer.error}
      isAtFields={isPlaced(answer.error, PLACED)}
      onSubmit={() => answer.mutate(body)}
      onClose={onClose}
    >
      <AnswerFields value={value} onValue={setValue} kinds={kinds} error={answer.error} about={letter.id} />
      {value.kind === "offer" && <TermsPreview letterId={letter.id} answer={body} />}
    </FormDialog>
  );
};
