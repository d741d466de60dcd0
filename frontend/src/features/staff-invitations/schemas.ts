import * as z from "zod/mini";

import { chosen, emailText, requiredText, someChosen } from "@/lib/form-rules";

/** `roles` holds `role:<code>` and `custom:<id>` together, as the window shows them in one list. */
export const invitationSchema = z.object({
  email: emailText(),
  full_name: requiredText(),
  language: chosen(),
  roles: someChosen(),
});
