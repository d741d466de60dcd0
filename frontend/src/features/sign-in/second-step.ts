import { hasCode, isProblem } from "@/lib/problem";

export type SecondStepMethod = "totp" | "recovery_code" | "passkey";

const METHODS: readonly SecondStepMethod[] = ["totp", "recovery_code", "passkey"];

/** The ways of the second step that the server offers after the first one was right; null when the answer is another. */
export const secondStepMethods = (error: unknown): SecondStepMethod[] | null => {
  if (!isProblem(error) || !hasCode(error, "auth.second_step_required")) return null;
  const { methods } = error.extra;
  const named = Array.isArray(methods)
    ? methods.flatMap((name) => METHODS.find((method) => method === name) ?? [])
    : [];
  return named.length > 0 ? named : [...METHODS];
};
