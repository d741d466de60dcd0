import { parseTypedDate, toTypedDate } from "@/lib/dates";
import { compactDigits, iinProblem } from "@/lib/iin";
import { parseTypedMoney, tiynToTyped } from "@/lib/money";
import { maskTypedPhone, parseTypedPhone } from "@/lib/phone-number";
import { parseTypedPercent } from "@/lib/use-typed-fields";

import type { AnswerType, DraftColumn, DraftField } from "./types";

/** Answers as people type them, and as the API takes them. */
export type TypedRow = Record<string, string>;
export type Typed = string | TypedRow[];
export type AnswerValue =
  string | number | boolean | null | Record<string, string | number | boolean | null>[];

export type Fault =
  "missing" | "choose" | "date" | "money" | "number" | "percent" | "phone" | "iin" | "bin" | "cells";

type Read = { value: AnswerValue } | { fault: Fault; cells?: ReadonlyMap<string, Fault> };
type Cell = string | number | boolean | null;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const typedCell = (type: AnswerType, value: unknown): string => {
  if (value === null || value === undefined) return "";
  if (type === "yes_no") return value === true ? "yes" : "no";
  if (type === "money" && typeof value === "number") return tiynToTyped(value);
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  if (type === "date") return toTypedDate(text);
  if (type === "phone") return maskTypedPhone(text);
  if (type === "percent") return text.replace(".", ",");
  return text;
};

const typedRow = (columns: readonly DraftColumn[], row: unknown): TypedRow =>
  Object.fromEntries(
    columns.map((column) => [
      column.code,
      typedCell(column.answer_type, isRecord(row) ? row[column.code] : null),
    ]),
  );

export const emptyRow = (columns: readonly DraftColumn[]): TypedRow => typedRow(columns, null);

/** What stands in the field for an answer of the API. */
export const toTyped = (
  { answer_type: type, columns }: Pick<DraftField, "answer_type" | "columns">,
  value: unknown,
): Typed => {
  if (type !== "rows") return typedCell(type, value);
  return Array.isArray(value) ? value.map((row) => typedRow(columns, row)) : [];
};

const wholeOf = (typed: string): number | null => {
  const digits = typed.replace(/[\s\u00a0]/g, "");
  return /^\d{1,6}$/.test(digits) ? Number(digits) : null;
};

const READERS: Partial<Record<AnswerType, { fault: Fault; read: (typed: string) => Cell }>> = {
  date: { fault: "date", read: parseTypedDate },
  money: { fault: "money", read: parseTypedMoney },
  number: { fault: "number", read: wholeOf },
  months: { fault: "number", read: wholeOf },
  percent: { fault: "percent", read: parseTypedPercent },
  phone: { fault: "phone", read: parseTypedPhone },
  iin: { fault: "iin", read: (typed) => (iinProblem(typed) === null ? compactDigits(typed) : null) },
  bin: {
    fault: "bin",
    read: (typed) => (/^\d{12}$/.test(compactDigits(typed)) ? compactDigits(typed) : null),
  },
  yes_no: { fault: "choose", read: (typed) => typed === "yes" },
};

const readCell = (
  { answer_type: type, required }: Pick<DraftColumn, "answer_type" | "required">,
  typed: string,
): { value: Cell } | { fault: Fault } => {
  if (typed.trim() === "") {
    if (!required) return { value: null };
    return { fault: type === "choice" || type === "yes_no" ? "choose" : "missing" };
  }
  const reader = READERS[type];
  if (!reader) return { value: typed.trim() };
  const value = reader.read(typed);
  return value === null ? { fault: reader.fault } : { value };
};

export const cellName = (row: number, column: string): string => `${row}/${column}`;

const isBlank = (row: TypedRow): boolean => Object.values(row).every((cell) => cell.trim() === "");

const readRows = (field: DraftField, rows: readonly TypedRow[]): Read => {
  const cells = new Map<string, Fault>();
  const values = rows.map((row, at) =>
    Object.fromEntries(
      field.columns.map((column) => {
        const found = readCell(column, row[column.code] ?? "");
        if ("fault" in found) cells.set(cellName(at, column.code), found.fault);
        return [column.code, "value" in found ? found.value : null];
      }),
    ),
  );
  if (cells.size > 0) return { fault: "cells", cells };
  if (values.length === 0) return field.required ? { fault: "missing" } : { value: null };
  return { value: values };
};

/** What the API takes for what was typed, or what is wrong with it. A row that was left empty is no row. */
export const readTyped = (field: DraftField, typed: Typed): Read =>
  typeof typed === "string"
    ? readCell(field, typed)
    : readRows(
        field,
        typed.filter((row) => !isBlank(row)),
      );

export const withoutBlankRows = (typed: Typed): Typed =>
  typeof typed === "string" ? typed : typed.filter((row) => !isBlank(row));

const asCode = (value: unknown): unknown => (typeof value === "boolean" ? (value ? "yes" : "no") : value);

/** Questions that matter by what was answered so far, in the order of asking. */
export const asked = (fields: readonly DraftField[]): DraftField[] => {
  const values = new Map(fields.map((field) => [field.code, asCode(field.value)]));
  return fields.filter(
    ({ when }) => when === null || when.values.some((one) => one === values.get(when.field)),
  );
};

const PRIVATE: readonly AnswerType[] = ["iin", "phone"];

/** Whether what was typed may wait on the device: no ИИН and no telephone does. */
export const mayWaitOnDevice = ({ answer_type: type, columns }: DraftField): boolean =>
  !PRIVATE.includes(type) && columns.every((column) => !PRIVATE.includes(column.answer_type));
