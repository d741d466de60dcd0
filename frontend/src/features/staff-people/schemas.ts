import * as z from "zod/mini";

import { chosen, optionalText, requiredText } from "@/lib/form-rules";

export const personSchema = z.object({
  full_name: requiredText(),
  full_name_kk: optionalText(),
  language: chosen(),
});

/** `role:<code>` or `custom:<id>`, as the choice in the window gives it. */
export const grantSchema = z.object({ role: chosen() });
