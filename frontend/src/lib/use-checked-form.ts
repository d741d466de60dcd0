"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import * as z from "zod/mini";

import { isProblem } from "@/lib/problem";

/** What a schema may say about a field; the words stand in the catalogue under `desk.errors`. */
export const FORM_ERRORS = [
  "missing",
  "short",
  "choose",
  "chooseOne",
  "email",
  "phone",
  "bin",
  "address",
  "days",
] as const;
export type FormError = (typeof FORM_ERRORS)[number];

const asFormError = (message: string): FormError =>
  FORM_ERRORS.find((known) => known === message) ?? "missing";

/**
 * The state of a form behind one schema: values as typed, the first fault of each field in words, and the server's word on a
 * field once it has answered. `read` gives the checked values, or null and shows what is wrong.
 */
export const useCheckedForm = <V extends Record<string, unknown>, O>(
  schema: z.ZodMiniType<O, V>,
  initial: V,
  serverError: unknown,
) => {
  const t = useTranslations("desk.errors");
  const [values, setValues] = useState(initial);
  const [faults, setFaults] = useState<ReadonlyMap<string, FormError>>(new Map());
  const [answered, setAnswered] = useState<{ error: unknown; mended: ReadonlySet<string> }>({
    error: null,
    mended: new Set(),
  });
  const mended = answered.error === serverError ? answered.mended : new Set<string>();

  const set = <K extends keyof V & string>(name: K, value: V[K]) => {
    setValues((before) => ({ ...before, [name]: value }));
    setFaults((before) => new Map([...before].filter(([field]) => field !== name)));
    setAnswered({ error: serverError, mended: new Set([...mended, name]) });
  };
  const read = (): O | null => {
    const result = z.safeParse(schema, values);
    if (result.success) return result.data;
    const found = new Map<string, FormError>();
    for (const issue of result.error.issues) {
      const field = String(issue.path[0] ?? "");
      if (!found.has(field)) found.set(field, asFormError(issue.message));
    }
    setFaults(found);
    return null;
  };
  const fromServer = (name: string) =>
    isProblem(serverError)
      ? serverError.errors.find(({ pointer }) => pointer === `/${name}` || pointer.startsWith(`/${name}/`))
      : undefined;
  const error = (name: keyof V & string): string | undefined => {
    const fault = faults.get(name);
    if (fault) return t(fault);
    return mended.has(name) ? undefined : fromServer(name)?.detail || undefined;
  };
  /** The whole answer of the server stands beside the fields, so that no second message is needed. */
  const isAtFields =
    isProblem(serverError) &&
    serverError.errors.length > 0 &&
    serverError.errors.every(({ pointer }) => Object.hasOwn(initial, pointer.split("/")[1] ?? ""));
  return { values, set, read, error, isAtFields };
};
