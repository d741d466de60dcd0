"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { type Control, useForm, useWatch } from "react-hook-form";
import type { ZodMiniType } from "zod/mini";

import type { Answers } from "@/components/form/checked-form";

import { FieldScopeProvider, resolverOf, type ServerFieldError, useErrorText } from "../step-form";

interface PartFormProps<T extends Answers> {
  /** Names the fields on the page: `person`, `debt-2`. */
  id: string;
  values: T;
  shape: ZodMiniType<T>;
  schemas: readonly ZodMiniType<T>[];
  /** Grows with every press of the main button: from then on the fields tell what is wrong. */
  tries: number;
  serverErrors: readonly ServerFieldError[];
  onChange: (values: T) => void;
  children: (control: Control<Answers>, values: T) => ReactNode;
}

/** Answers stand two in a row where there is room: the person at the desk sees the whole question at once. */
const DENSE =
  "flex flex-col gap-4 md:[&_fieldset>div:last-child]:grid md:[&_fieldset>div:last-child]:grid-cols-2 [&_textarea]:min-h-24";

/** One part of a long form: judged as its fields are left, handed up with every keystroke, sent by the whole form. */
export const PartForm = <T extends Answers>({
  id,
  values,
  shape,
  schemas,
  tries,
  serverErrors,
  onChange,
  children,
}: PartFormProps<T>) => {
  const errorText = useErrorText();
  const { control, setError, subscribe, trigger } = useForm<Answers>({
    defaultValues: values,
    resolver: resolverOf(shape, schemas, errorText),
    mode: "onTouched",
  });
  const current = useWatch({ control });
  const listener = useRef(onChange);
  useEffect(() => {
    listener.current = onChange;
  });

  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: (state) => listener.current(shape.parse(state.values)),
      }),
    [shape, subscribe],
  );

  useEffect(() => {
    if (tries > 0) void trigger();
  }, [tries, trigger]);

  useEffect(() => {
    serverErrors.forEach(({ field, detail }) => setError(field, { type: "server", message: detail }));
  }, [serverErrors, setError]);

  return (
    <FieldScopeProvider value={id}>
      <div className={DENSE}>{children(control, shape.parse(current))}</div>
    </FieldScopeProvider>
  );
};
