import * as z from "zod/mini";

import { dateRule, phoneRule, textRule } from "@/components/form/rules";
import { parseTypedDate } from "@/lib/dates";
import { parseTypedPhone } from "@/lib/phone-number";

import type { PowerInput, PowerScope } from "./types";

export const STEPS = ["who", "scope", "days", "paper", "review"] as const;
export type Step = (typeof STEPS)[number];

const SCOPES: readonly PowerScope[] = ["view", "act", "sign"];
/** Seeing is part of every power; these can be added to it. */
export const MORE_SCOPES = ["act", "sign"] as const;

/** How the answers are kept on the device. */
export const draftShape = z.object({
  step: z.enum(STEPS),
  representative_phone: z.string(),
  scope: z.array(z.string()),
  valid_from: z.string(),
  valid_until: z.string(),
  number: z.string(),
  issued_by: z.string(),
});
export type PowerDraft = z.infer<typeof draftShape>;

export const emptyDraft = (today: string): PowerDraft => ({
  step: "who",
  representative_phone: "",
  scope: ["view"],
  valid_from: today,
  valid_until: "",
  number: "",
  issued_by: "",
});

/** The paper is asked for only where a power lets somebody sign. */
export const stepsOf = (draft: Pick<PowerDraft, "scope">): readonly Step[] =>
  STEPS.filter((step) => step !== "paper" || draft.scope.includes("sign"));

export interface PowerWords {
  phone: string;
  required: string;
  tooLong: string;
  date: string;
  dateOrder: string;
  threeYears: string;
}

export const whoSchema = (words: PowerWords) => z.object({ representative_phone: phoneRule(words.phone) });

/** Nothing need be added: then the power is one to see. */
export const scopeSchema = () => z.object({ scope: z.array(z.string()) });

const threeYearsAfter = (iso: string): string => `${Number(iso.slice(0, 4)) + 3}${iso.slice(4)}`;

export const daysSchema = (words: PowerWords, today: string) =>
  z
    .object({
      valid_from: dateRule({ missing: words.date, wrong: words.date }),
      valid_until: dateRule({ missing: words.date, wrong: words.date }),
    })
    .check((context) => {
      const from = parseTypedDate(context.value.valid_from);
      const until = parseTypedDate(context.value.valid_until);
      if (!from || !until) return;
      const message =
        until < from || until < today
          ? words.dateOrder
          : until > threeYearsAfter(from)
            ? words.threeYears
            : null;
      if (message) {
        context.issues.push({ code: "custom", message, path: ["valid_until"], input: context.value });
      }
    });

export const paperSchema = (words: PowerWords) =>
  z.object({
    number: textRule({ missing: words.required, max: 60, tooLong: words.tooLong }),
    issued_by: textRule({ missing: words.required, max: 200, tooLong: words.tooLong }),
  });

export const toPowerInput = (draft: PowerDraft): PowerInput => {
  const signs = draft.scope.includes("sign");
  return {
    representative_phone: parseTypedPhone(draft.representative_phone) ?? draft.representative_phone,
    scope: SCOPES.filter((scope) => scope === "view" || draft.scope.includes(scope)),
    number: signs ? draft.number.trim() : "",
    issued_by: signs ? draft.issued_by.trim() : "",
    valid_from: parseTypedDate(draft.valid_from) ?? draft.valid_from,
    valid_until: parseTypedDate(draft.valid_until) ?? draft.valid_until,
  };
};

const FIELD_STEPS: Record<string, Step> = {
  representative_phone: "who",
  scope: "scope",
  valid_from: "days",
  valid_until: "days",
  number: "paper",
  issued_by: "paper",
};

/** The page that an error of the server belongs to (`/valid_until` → days). */
export const stepOfPointer = (pointer: string): Step | null =>
  FIELD_STEPS[pointer.split("/")[1] ?? ""] ?? null;
