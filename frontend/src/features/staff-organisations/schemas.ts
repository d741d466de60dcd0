import * as z from "zod/mini";

import {
  chosen,
  emailText,
  optionalBin,
  optionalEmail,
  optionalPhone,
  optionalText,
  requiredText,
} from "@/lib/form-rules";

export const organisationSchema = z.object({
  kind: chosen(),
  name: requiredText(),
  name_kk: optionalText(),
  bin: optionalBin(),
  address: optionalText(),
  email: optionalEmail(),
  phone: optionalPhone(),
});

export const memberInviteSchema = z.object({
  email: emailText(),
  full_name: requiredText(),
  language: chosen(),
  post: optionalText(),
  is_administrator: z.boolean(),
});

export const memberSchema = z.object({ post: optionalText(), is_administrator: z.boolean() });
