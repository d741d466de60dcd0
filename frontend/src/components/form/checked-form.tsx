"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import { type Control, type FieldErrors, type Resolver, useForm, useWatch } from "react-hook-form";
import type { ZodMiniType } from "zod/mini";

import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { isProblem } from "@/lib/problem";

/** Answers as typed: text, a list of chosen codes, or nothing chosen yet. */
export type Answers = Record<string, string | string[] | null>;

export interface FieldBinding {
  control: Control<Answers>;
  name: string;
  id: string;
  /** Tells the form how the field is called, for the list of errors on top. */
  onLabel: (name: string, label: string) => void;
}

interface CheckedFormProps<T extends Answers> {
  values: T;
  /** Its messages are shown as they are. */
  schema: ZodMiniType<T>;
  /** What the server said of the last try. */
  error: unknown;
  busy: boolean;
  submitLabel: string;
  /** Where the server names a field otherwise than the form: `/phone` → `representative_phone`. */
  pointers?: Readonly<Record<string, keyof T & string>>;
  onSubmit: (values: T) => void;
  onChange?: (values: T) => void;
  /** Beside the main button. */
  actions?: ReactNode;
  children: (field: (name: keyof T & string) => FieldBinding, values: T) => ReactNode;
}

const resolverOf =
  <T extends Answers>(schema: ZodMiniType<T>): Resolver<Answers> =>
  (answers) => {
    const judged = schema.safeParse(answers);
    if (judged.success) return { values: answers, errors: {} };
    const errors: FieldErrors<Answers> = {};
    for (const issue of judged.error.issues) {
      errors[String(issue.path[0] ?? "")] ??= { type: "validation", message: issue.message };
    }
    return { values: {}, errors };
  };

const parseAs = <T,>(text: string): T => JSON.parse(text);

const nameOf = (
  pointer: string,
  pointers: Readonly<Record<string, string>>,
  known: Answers,
): string | null => {
  const name = pointers[pointer] ?? pointer.split("/")[1] ?? "";
  return name in known ? name : null;
};

/** One form: errors in place and on top, the server's own words at the fields they point at, nothing typed is lost. */
export const CheckedForm = <T extends Answers>({
  values,
  schema,
  error,
  busy,
  submitLabel,
  pointers = {},
  onSubmit,
  onChange,
  actions,
  children,
}: CheckedFormProps<T>) => {
  const t = useTranslations("common");
  const formId = useId();
  const element = useRef<HTMLFormElement>(null);
  const { control, formState, handleSubmit, setError } = useForm<Answers>({
    defaultValues: values,
    resolver: resolverOf(schema),
    shouldFocusError: false,
  });
  const watched = useWatch({ control });
  const signature = JSON.stringify({ ...values, ...watched });
  const current = useMemo(() => parseAs<T>(signature), [signature]);
  // «Заполните это поле» says nothing in a list: each error is named by its field as it stands on the page.
  const labels = useRef<Record<string, string>>({});
  const [names, setNames] = useState<Record<string, string>>({});
  const onLabel = useCallback((name: string, label: string) => {
    labels.current[name] = label;
  }, []);
  const idOf = (name: string) => `${formId}-${name}`;
  const serverErrors = isProblem(error) ? error.errors : [];
  const isPlaced =
    serverErrors.length > 0 && serverErrors.every((item) => nameOf(item.pointer, pointers, values) !== null);

  const listener = useRef(onChange);
  useEffect(() => {
    listener.current = onChange;
  });
  useEffect(() => listener.current?.(current), [current]);

  const place = useRef(() => {});
  useEffect(() => {
    place.current = () => {
      for (const { pointer, detail } of serverErrors) {
        const name = nameOf(pointer, pointers, values);
        if (name) setError(name, { type: "server", message: detail });
      }
    };
  });
  useEffect(() => place.current(), [error]);

  // The first wrong field as it stands on the page, not as the form happens to know it.
  useEffect(() => {
    if (formState.submitCount === 0 && !error) return;
    element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [formState.submitCount, error]);

  const named = (name: string, message: string) => (names[name] ? `${names[name]}: ${message}` : message);
  const summary = Object.entries(formState.errors).flatMap(([name, item]) =>
    typeof item?.message === "string" && item.message
      ? [{ text: named(name, item.message), fieldId: idOf(name) }]
      : [],
  );

  return (
    <form
      ref={element}
      noValidate
      onSubmit={(event) => {
        event.stopPropagation();
        if (busy) return event.preventDefault();
        setNames({ ...labels.current });
        return void handleSubmit((answers) => onSubmit(schema.parse({ ...values, ...answers })))(event);
      }}
      className="flex flex-col gap-5"
    >
      {summary.length > 1 && <ErrorSummary title={t("problemSummary")} items={summary} takesFocus={false} />}
      {!isPlaced && <ProblemAlert error={error} />}
      {children((name) => ({ control, name, id: idOf(name), onLabel }), current)}
      <div className="flex flex-col gap-2 sm:flex-row sm:items-center">
        <Button type="submit" busy={busy}>
          {submitLabel}
        </Button>
        {actions}
      </div>
    </form>
  );
};
