"use client";

import { useTranslations } from "next-intl";
import { useEffect, useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { Comparison } from "@/components/offers/comparison";
import { errorAt, isPlaced } from "@/lib/field-errors";
import { emptyTerms, termsOf } from "@/components/offers/terms";
import { TermsFields } from "@/components/offers/terms-fields";
import type { CreditorAnswer, OfferTermsInput } from "@/components/offers/types";
import { PaymentSchedule } from "@/components/schedules/payment-schedule";
import { TextArea } from "@/components/ui/text-input";
import { todayInAlmaty, toTypedDate } from "@/lib/dates";
import { useQuiet } from "@/lib/use-quiet";

import { useReply, useTermsPreview } from "../queries";

interface CounterDialogProps {
  caseId: string;
  answer: CreditorAnswer;
  onClose: () => void;
}

/** Own terms start from those of the offer: a person changes what does not suit. */
const startOf = (answer: CreditorAnswer) => {
  const empty = emptyTerms(todayInAlmaty());
  const { terms } = answer;
  if (!terms) return empty;
  return {
    ...empty,
    months: String(terms.term_months),
    rate: terms.rate_percent === null ? "" : String(terms.rate_percent).replace(".", ","),
    defer: terms.defer_months ? String(terms.defer_months) : "",
    first: toTypedDate(terms.first_payment_on),
    forgivePenalty: terms.forgive_penalty_percent ? String(terms.forgive_penalty_percent) : "",
    forgiveInterest: terms.forgive_interest_percent ? String(terms.forgive_interest_percent) : "",
  };
};

/** Proposing other terms, with what they would mean while they are typed. */
export const CounterDialog = ({ caseId, answer, onClose }: CounterDialogProps) => {
  const t = useTranslations("offers.reply.counter");
  const id = useId();
  const [typed, setTyped] = useState(() => startOf(answer));
  const [words, setWords] = useState("");
  const reply = useReply(caseId, answer.id, onClose);
  const preview = useTermsPreview(caseId, answer.id);
  const terms = termsOf(typed);
  const quiet = useQuiet(JSON.stringify(terms));
  const { mutate } = preview;
  useEffect(() => {
    const asked: OfferTermsInput | null = JSON.parse(quiet);
    if (asked) mutate(asked);
  }, [quiet, mutate]);
  const errorOf = (name: string) =>
    errorAt(reply.error, `terms/${name}`) ??
    (name === "term_months" ? errorAt(reply.error, "terms") : undefined) ??
    errorAt(preview.error, name);
  return (
    <FormDialog
      title={t("title")}
      lead={t("lead")}
      submitLabel={t("submit")}
      busy={reply.isPending}
      error={reply.error}
      isAtFields={isPlaced(reply.error, ["terms", "words"])}
      onSubmit={() => reply.mutate({ kind: "counter", words, terms })}
      onClose={onClose}
    >
      <TermsFields id={id} value={typed} onValue={setTyped} errorOf={errorOf} />
      {preview.data && !preview.error && (
        <>
          <Comparison before={answer.after} after={preview.data.after} />
          <PaymentSchedule rows={preview.data.schedule} />
        </>
      )}
      <TextArea
        id={`${id}-words`}
        label={t("words")}
        help={t("wordsHelp")}
        error={errorAt(reply.error, "words")}
        rows={3}
        maxLength={2000}
        className="[&_textarea]:min-h-20"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
    </FormDialog>
  );
};
