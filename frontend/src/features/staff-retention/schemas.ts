import * as z from "zod/mini";

/** Days as typed; the least that a rule allows is the server's word. */
export const ruleSchema = z.object({
  days: z.string().check(
    z.trim(),
    z.refine((typed) => /^\d{1,5}$/.test(typed), { error: "days" }),
  ),
  enabled: z.boolean(),
});
