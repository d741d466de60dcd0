"use client";

import { useState } from "react";

import { parseTypedDate } from "@/lib/dates";
import { parseTypedMoney } from "@/lib/money";
import { isProblem } from "@/lib/problem";

/** What a field holds; the server gets tiyn, numbers, ISO days. */
export type FieldKind = "money" | "percent" | "whole" | "date" | "text";

export interface FieldSpec {
  kind: FieldKind;
  required?: boolean;
}

export type FieldFault = "missing" | "money" | "percent" | "whole" | "date";
export type TypedValue = string | number | null;

/** Percent as people type it: `46`, `46,5`, `46.5 %`. Null when it is none. */
export const parseTypedPercent = (typed: string): string | null => {
  const match = /^(\d{1,4})(?:[.,](\d{1,3}))?$/.exec(typed.replace(/[\s\u00a0%]/g, ""));
  if (!match?.[1]) return null;
  return match[2] ? `${match[1]}.${match[2]}` : match[1];
};

const parseWhole = (typed: string): number | null =>
  /^\d{1,6}$/.test(typed.replace(/[\s\u00a0]/g, "")) ? Number(typed.replace(/[\s\u00a0]/g, "")) : null;

const PARSERS: Record<FieldKind, (typed: string) => TypedValue> = {
  money: parseTypedMoney,
  percent: parseTypedPercent,
  whole: parseWhole,
  date: parseTypedDate,
  text: (typed) => typed.trim(),
};

const parse = (kind: FieldKind, typed: string): TypedValue => PARSERS[kind](typed);

const faultOf = ({ kind, required }: FieldSpec, typed: string): FieldFault | null => {
  if (typed.trim() === "") return required ? "missing" : null;
  return kind !== "text" && parse(kind, typed) === null ? (kind as FieldFault) : null;
};

/**
 * A form whose fields are typed as people write and read as the server wants. `read` gives the values, or null and shows what is
 * wrong; an empty field that may be empty is null. The word of the server stands at its field until that is changed.
 */
export const useTypedFields = <N extends string>(
  specs: Record<N, FieldSpec>,
  initial: Record<N, string>,
  serverError: unknown,
  pointerOf: (name: N) => string = (name) => `/${name}`,
) => {
  const [typed, setTyped] = useState(initial);
  const [faults, setFaults] = useState<ReadonlyMap<string, FieldFault>>(new Map());
  const [answered, setAnswered] = useState<{ error: unknown; mended: ReadonlySet<string> }>({
    error: null,
    mended: new Set(),
  });
  const mended = answered.error === serverError ? answered.mended : new Set<string>();
  const names = Object.keys(specs) as N[];

  const set = (name: N, value: string) => {
    setTyped((before) => ({ ...before, [name]: value }));
    setFaults((before) => new Map([...before].filter(([field]) => field !== name)));
    setAnswered({ error: serverError, mended: new Set([...mended, name]) });
  };
  const read = (): Record<N, TypedValue> | null => {
    const found = new Map<string, FieldFault>();
    for (const name of names) {
      const fault = faultOf(specs[name], typed[name]);
      if (fault) found.set(name, fault);
    }
    setFaults(found);
    if (found.size > 0) return null;
    return Object.fromEntries(
      names.map((name) => [name, typed[name].trim() === "" ? null : parse(specs[name].kind, typed[name])]),
    ) as Record<N, TypedValue>;
  };
  const serverWord = (name: N) =>
    isProblem(serverError)
      ? serverError.errors.find(({ pointer }) => pointer === pointerOf(name))?.detail
      : undefined;
  const fault = (name: N) => faults.get(name);
  const word = (name: N) => (mended.has(name) ? undefined : serverWord(name));
  /** Every error of the server's answer stands at a field, so that no second message is needed. */
  const isAtFields =
    isProblem(serverError) &&
    serverError.errors.length > 0 &&
    serverError.errors.every(({ pointer }) => names.some((name) => pointerOf(name) === pointer));
  return { typed, set, read, fault, word, isAtFields };
};

export type TypedFields<N extends string> = ReturnType<typeof useTypedFields<N>>;
