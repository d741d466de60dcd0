import * as z from "zod/mini";

/** Messages are keys of the catalogue under `signIn`. The server stays the judge. */
export const passwordSignInSchema = z.object({
  email: z.string().check(z.trim(), z.minLength(1, "emailMissing")),
  password: z.string().check(z.minLength(1, "passwordMissing")),
});

const SHORTEST_RECOVERY_CODE = 8;

/** Spaces and hyphens are how people copy a code from paper. */
export const recoveryCodeSchema = z.string().check(
  z.overwrite((typed) => typed.replace(/[\s-]/g, "")),
  z.minLength(1, "recoveryMissing"),
  z.minLength(SHORTEST_RECOVERY_CODE, "recoveryShort"),
);
