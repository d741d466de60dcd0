import * as z from "zod/mini";

import { requiredText, someChosen } from "@/lib/form-rules";

export const roleSchema = z.object({
  name_ru: requiredText(),
  name_kk: requiredText(),
  name_en: requiredText(),
  abilities: someChosen(),
});
