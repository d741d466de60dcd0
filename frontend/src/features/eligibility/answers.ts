import { parseTypedDate, toTypedDate } from "@/lib/dates";
import { parseTypedMoney, tiynToTyped } from "@/lib/money";

import type { Answer, Answers, Question } from "./queries";

export const UNKNOWN = "unknown";

/** A question that depends on another is left out only when the other has been answered so that it cannot matter. */
export const isAsked = (question: Question, answers: Answers): boolean => {
  const condition = question.only_when;
  if (!condition) return true;
  const given = answers[condition.question];
  if (given === undefined || given === UNKNOWN) return true;
  return (given === condition.answer) !== condition.negated;
};

export const askedOf = (questions: readonly Question[], answers: Answers): Question[] =>
  questions.filter((question) => isAsked(question, answers));

/** What stands in the field for an answer that is known already. */
export const toTyped = (question: Question, answer: Answer | undefined): string => {
  if (answer === undefined || answer === UNKNOWN) return "";
  if (question.kind === "money") return tiynToTyped(Number(answer));
  if (question.kind === "date") return toTypedDate(String(answer));
  return String(answer);
};

/** The answer that was typed; null when it is none. */
export const toAnswer = (question: Question, typed: string): Answer | null => {
  if (question.kind === "money") return parseTypedMoney(typed);
  if (question.kind === "date") return parseTypedDate(typed);
  return typed === "" ? null : typed;
};

/** Only what is asked now goes to the server. */
export const countedOf = (questions: readonly Question[], answers: Answers): Answers =>
  Object.fromEntries(
    askedOf(questions, answers).flatMap(({ code }) => {
      const given = answers[code];
      return given === undefined ? [] : [[code, given]];
    }),
  );
