import * as z from "zod/mini";

import { parseTypedDate } from "@/lib/dates";
import { reasonText } from "@/lib/form-rules";

const day = () => z.string().check(z.refine((typed) => parseTypedDate(typed) !== null, { error: "missing" }));

/** One schema for every window about a term; a window shows the fields of its action and sends them alone. */
export const termSchema = z.object({
  from: z.string(),
  until: z.string(),
  on: z.string(),
  agreed_on: z.string(),
  date: z.string(),
  amount: z.string(),
  reason: reasonText(),
});

export type TermValues = z.infer<typeof termSchema>;
export type TermField = Exclude<keyof TermValues, "reason">;

export const schemaFor = (fields: readonly TermField[]) =>
  z.object({
    from: fields.includes("from") ? day() : z.string(),
    until: fields.includes("until") ? day() : z.string(),
    on: fields.includes("on") ? day() : z.string(),
    agreed_on: fields.includes("agreed_on") ? day() : z.string(),
    date: fields.includes("date") ? day() : z.string(),
    amount: fields.includes("amount")
      ? z.string().check(z.regex(/^\d{1,4}$/, { error: "days" }))
      : z.string(),
    reason: reasonText(),
  });

/** The body that the API takes: days as ISO, the amount as a number. */
export const bodyOf = (values: TermValues, fields: readonly TermField[]): Record<string, string | number> =>
  Object.fromEntries([
    ...fields.map((field) => [
      field,
      field === "amount" ? Number(values.amount) : (parseTypedDate(values[field]) ?? ""),
    ]),
    ["reason", values.reason],
  ]);
