import * as z from "zod/mini";

/** The schemas judge what was typed and say with a key of the catalogue what is missing. */
export const passwordSchema = z.object({ password: z.string().check(z.minLength(1, "passwordMissing")) });
