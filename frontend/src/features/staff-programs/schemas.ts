import * as z from "zod/mini";

import { chosen, optionalText, requiredText, someChosen } from "@/lib/form-rules";

/** Addresses stand one on a line; which are safe enough is the server's word. */
export const programSchema = z.object({
  name: requiredText(),
  kind: chosen(),
  grants: someChosen(),
  scopes: someChosen(),
  redirect_uris: optionalText(),
  organisation_id: z.string(),
});

export const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
