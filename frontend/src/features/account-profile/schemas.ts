import * as z from "zod/mini";

import { choiceRule, dateRule, textRule } from "@/components/form/rules";
import { parseTypedDate } from "@/lib/dates";

/** Words for what is wrong, from `account.form` and `profile`. */
export interface FormWords {
  required: string;
  tooLong: string;
  choose: string;
  date: string;
  quietBoth: string;
  paperOrder: string;
}

export const namesSchema = (words: FormWords) =>
  z.object({
    full_name: textRule({ missing: words.required, max: 200, tooLong: words.tooLong }),
    full_name_kk: textRule({ max: 200, tooLong: words.tooLong }),
  });

export const addressesSchema = (words: FormWords) => {
  const address = () => textRule({ max: 300, tooLong: words.tooLong });
  return z.object({ registered: address(), actual: address(), postal: address() });
};

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export const channelsSchema = (words: FormWords) =>
  z
    .object({ preferred: choiceRule(words.choose), quiet_from: z.string(), quiet_until: z.string() })
    .check((context) => {
      const { quiet_from: from, quiet_until: until } = context.value;
      const isFine = (from === "" && until === "") || (TIME.test(from) && TIME.test(until) && from !== until);
      if (isFine) return;
      const field = TIME.test(from) ? "quiet_until" : "quiet_from";
      context.issues.push({ code: "custom", message: words.quietBoth, path: [field], input: context.value });
    });

export const paperSchema = (words: FormWords, isNew: boolean) =>
  z
    .object({
      kind: choiceRule(words.choose),
      number: textRule({ missing: isNew ? words.required : undefined, max: 40, tooLong: words.tooLong }),
      issued_by: textRule({ max: 200, tooLong: words.tooLong }),
      issued_on: dateRule({ wrong: words.date }),
      valid_until: dateRule({ wrong: words.date }),
    })
    .check((context) => {
      const from = parseTypedDate(context.value.issued_on);
      const until = parseTypedDate(context.value.valid_until);
      if (!from || !until || from < until) return;
      context.issues.push({
        code: "custom",
        message: words.paperOrder,
        path: ["valid_until"],
        input: context.value,
      });
    });

export const languageSchema = (words: FormWords) => z.object({ language: choiceRule(words.choose) });
