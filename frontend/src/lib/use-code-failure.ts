"use client";

import { useTranslations } from "next-intl";

import { hasCode, isProblem } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

interface CodeFailure {
  /** The code was wrong: what to say under its field, with the tries that are left. */
  wrong?: string;
  /** The code can no longer be entered: only a new one helps. */
  dead?: string;
}

/** What a refused code means for the person who typed it; both empty while nothing went wrong. */
export const useCodeFailure = (error: unknown, isEmail = false): CodeFailure => {
  const t = useTranslations("common.code");
  const describe = useProblemText();
  if (!error) return {};
  if (hasCode(error, "auth.code_spent")) return { dead: t("spent") };
  if (hasCode(error, "auth.code_expired")) return { dead: t("expired") };
  // The code is `value` where other proofs share the address.
  const pointer = ["/code", "/value"].find((name) => isProblem(error) && error.fieldError(name));
  if (!isProblem(error) || !pointer) return { wrong: describe(error) };
  const left = error.triesLeft(pointer);
  if (left !== null) return { wrong: t("wrongWithTries", { tries: left }) };
  return { wrong: t(isEmail ? "email.wrong" : "wrong") };
};
