import { emptyTerms, termsOf, type TypedTerms } from "@/components/offers/terms";
import { parseTypedDate, toTypedDate } from "@/lib/dates";

import type { AnswerInput, AnswerKind } from "./types";

/** An answer as it is filled in. */
export interface TypedAnswer {
  kind: AnswerKind;
  words: string;
  reason: string;
  terms: TypedTerms;
  validUntil: string;
  papers: readonly string[];
  otherPaper: string;
  outgoingNumber: string;
  fileId: string | null;
  fileName: string;
}

const OFFER_DAYS = 14;

const ahead = (today: string, days: number): string => {
  const [year = 2026, month = 1, day = 1] = today.split("-").map(Number);
  return toTypedDate(new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10));
};

export const emptyAnswer = (kind: AnswerKind, today: string): TypedAnswer => ({
  kind,
  words: "",
  reason: "",
  terms: emptyTerms(today),
  validUntil: ahead(today, OFFER_DAYS),
  papers: [],
  otherPaper: "",
  outgoingNumber: "",
  fileId: null,
  fileName: "",
});

/** What the server takes: only what belongs to the kind of answer. */
export const answerOf = (typed: TypedAnswer): AnswerInput => {
  const isOffer = typed.kind === "offer";
  return {
    kind: typed.kind,
    words: typed.words,
    reason_code: typed.kind === "refuse" ? typed.reason : "",
    terms: isOffer ? termsOf(typed.terms) : null,
    valid_until: isOffer ? parseTypedDate(typed.validUntil) : null,
    papers:
      typed.kind === "papers"
        ? typed.papers.map((code) => ({ code, text: code === "OTHER" ? typed.otherPaper : "" }))
        : [],
    outgoing_number: typed.outgoingNumber,
    file_id: typed.fileId,
  } as AnswerInput;
};
