import * as z from "zod/mini";

import { choiceRule, emailRule, textRule } from "@/components/form/rules";
import { parseTypedPhone } from "@/lib/phone-number";

export interface OrganisationWords {
  required: string;
  tooLong: string;
  choose: string;
  email: string;
  phone: string;
}

export const contactsSchema = (words: OrganisationWords) =>
  z.object({
    address: textRule({ max: 500, tooLong: words.tooLong }),
    email: emailRule({ wrong: words.email }),
    phone: z
      .string()
      .check(z.refine((typed) => typed.trim() === "" || parseTypedPhone(typed) !== null, words.phone)),
  });

export const inviteSchema = (words: OrganisationWords) =>
  z.object({
    email: emailRule({ missing: words.required, wrong: words.email }),
    full_name: textRule({ max: 200, tooLong: words.tooLong }),
    post: textRule({ max: 200, tooLong: words.tooLong }),
    language: choiceRule(words.choose),
    rights: z.array(z.string()),
  });
