import { toTypedDate } from "@/lib/dates";
import { tiynToTyped } from "@/lib/money";

import type { DayKind, Edition, LawChange } from "./types";

export const LANGS = ["ru", "kk", "en"] as const;
export const INDEX_CODES = ["MCI", "MIN_WAGE", "SUBSISTENCE_MINIMUM"] as const;
const UNITS = ["CD", "WD", "M", "Y", "MIN"] as const;
const DAY_KINDS = ["day_off", "workday", "plain"] as const;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";
const typedDay = (value: unknown): string => (text(value) ? toTypedDate(text(value)) : "");
const listed = (value: unknown): string => (Array.isArray(value) ? value.map(text).join(", ") : "");

/** What an edition is typed into, from the edition in force. */
export const editionStart = (edition: Edition, today: string) => ({
  valid_from: toTypedDate(today),
  amount: String(edition.amount ?? ""),
  extension_amount: String(edition.extension_amount),
  remind_at: edition.remind_at.join(", "),
  explanation_ru: edition.explanation.ru,
  explanation_kk: edition.explanation.kk,
  explanation_en: edition.explanation.en,
  reason: "",
});

export type EditionValues = ReturnType<typeof editionStart>;

/** The same from a proposal that is edited. */
export const editionOf = ({ content, reason }: LawChange): EditionValues => {
  const words = isRecord(content.explanation) ? content.explanation : {};
  return {
    valid_from: typedDay(content.valid_from),
    amount: text(content.amount),
    extension_amount: text(content.extension_amount),
    remind_at: listed(content.remind_at),
    explanation_ru: text(words.ru),
    explanation_kk: text(words.kk),
    explanation_en: text(words.en),
    reason,
  };
};

export const unitOf = ({ content }: LawChange) => UNITS.find((unit) => unit === content.unit) ?? "CD";

export const isForRunning = ({ content }: LawChange): boolean => content.for_running !== false;

export const lastDayOf = ({ content }: LawChange): string => typedDay(content.valid_to);

export const figureOf = ({ content, reason }: LawChange) => ({
  code: text(content.code) || "MCI",
  valid_from: typedDay(content.valid_from),
  value_tiyn: tiynToTyped(Number(content.value_tiyn ?? 0)),
  source: text(content.source),
  reason,
});

export interface DayValue {
  day: string;
  kind: DayKind;
  reason?: string;
  note?: string;
}

/** Days of a calendar proposal, in order; what the editor does not show is kept. */
export const daysOf = ({ content }: LawChange): DayValue[] =>
  (Array.isArray(content.days) ? content.days : []).flatMap((row: unknown) => {
    if (!isRecord(row)) return [];
    const kind = DAY_KINDS.find((one) => one === row.kind) ?? "plain";
    return [{ day: text(row.day), kind, reason: text(row.reason), note: text(row.note) }];
  });
