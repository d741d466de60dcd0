import * as z from "zod/mini";

import { dateRule, textRule } from "@/components/form/rules";
import { parseTypedDate, toTypedDate } from "@/lib/dates";

import type { Specialist, SpecialistInput } from "./types";

export const KINDS = ["lawyer", "mediator", "notary"] as const;

export const entryShape = z.object({
  register_name: z.string(),
  register_number: z.string(),
  issued_on: z.string(),
  valid_until: z.string(),
  specialisations: z.array(z.string()),
  region: z.string(),
});
export type EntryAnswers = z.infer<typeof entryShape>;

export interface EntryWords {
  required: string;
  tooLong: string;
  chooseOne: string;
  date: string;
  order: string;
}

export const entrySchema = (words: EntryWords) =>
  z
    .object({
      register_name: textRule({ missing: words.required, max: 200, tooLong: words.tooLong }),
      register_number: textRule({ missing: words.required, max: 60, tooLong: words.tooLong }),
      issued_on: dateRule({ missing: words.required, wrong: words.date }),
      valid_until: dateRule({ wrong: words.date }),
      specialisations: z.array(z.string()).check(z.minLength(1, words.chooseOne)),
      region: textRule({ max: 100, tooLong: words.tooLong }),
    })
    .check((context) => {
      const from = parseTypedDate(context.value.issued_on);
      const until = parseTypedDate(context.value.valid_until);
      if (!from || !until || from <= until) return;
      context.issues.push({
        code: "custom",
        message: words.order,
        path: ["valid_until"],
        input: context.value,
      });
    });

export const answersOf = (entry: Specialist | null): EntryAnswers => ({
  register_name: entry?.register_name ?? "",
  register_number: entry?.register_number ?? "",
  issued_on: entry?.issued_on ? toTypedDate(entry.issued_on) : "",
  valid_until: entry?.valid_until ? toTypedDate(entry.valid_until) : "",
  specialisations: entry?.specialisations ?? [],
  region: entry?.region ?? "",
});

export const toInput = (answers: EntryAnswers): SpecialistInput => ({
  register_name: answers.register_name.trim(),
  register_number: answers.register_number.trim(),
  issued_on: parseTypedDate(answers.issued_on),
  valid_until: parseTypedDate(answers.valid_until),
  specialisations: answers.specialisations,
  region: answers.region.trim(),
});
