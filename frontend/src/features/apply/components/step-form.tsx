"use client";

import { ChevronLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { createContext, type ReactNode, use, useEffect, useRef } from "react";
import { type Control, type FieldErrors, type Resolver, useForm, useWatch } from "react-hook-form";
import type { ZodMiniType } from "zod/mini";

import type { Answers } from "@/components/form/checked-form";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";

import { isErrorKey } from "../schemas";

export interface ServerFieldError {
  field: string;
  detail: string;
}

/** The fields of one question, wherever they stand: on a page of the wizard or in a form of staff. */
export interface FieldsProps {
  control: Control<Answers>;
}

/** What every page of the wizard gets from the frame around it. */
export interface StepProps {
  serverErrors: readonly ServerFieldError[];
  onBack: (() => void) | null;
  submitLabel: string;
}

interface StepFormProps<T extends Answers> extends StepProps {
  title: string;
  lead?: ReactNode;
  /** Why the question is asked. */
  why?: string;
  values: T;
  /** How answers are kept, and how they are judged. */
  shape: ZodMiniType<T>;
  schema: ZodMiniType<T>;
  onChange: (values: T) => void;
  onSubmit: (values: T) => void;
  children: (control: Control<Answers>, values: T) => ReactNode;
}

const FieldScope = createContext("f");

/** Keeps ids of fields apart where several forms stand on one page. */
export const FieldScopeProvider = FieldScope.Provider;

export const useFieldId = () => {
  const scope = use(FieldScope);
  return (name: string) => `${scope}-${name}`;
};

export const useErrorText = () => {
  const t = useTranslations("apply.errors");
  return (message: string | undefined): string | undefined =>
    message === undefined ? undefined : isErrorKey(message) ? t(message) : message;
};

export const StepHeading = ({ title, lead, why }: { title: string; lead?: ReactNode; why?: string }) => {
  const t = useTranslations("apply");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} — Kenes Hub`;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <div className="flex flex-col gap-2">
      <h1 ref={heading} tabIndex={-1} className="text-xl font-bold sm:text-2xl">
        {title}
      </h1>
      {lead && <div className="measure">{lead}</div>}
      {why && (
        <details className="measure text-sm">
          <summary className="inline-flex min-h-11 items-center font-medium text-primary underline underline-offset-4">
            {t("whyAsk")}
          </summary>
          <p className="border-l-2 border-line pl-3 text-text">{why}</p>
        </details>
      )}
    </div>
  );
};

export const BackLink = ({ onBack }: { onBack: (() => void) | null }) => {
  const t = useTranslations("common");
  return onBack ? (
    <Button variant="quiet" onClick={onBack} className="-mb-4 -ml-4 self-start">
      <ChevronLeft aria-hidden className="size-5" />
      {t("back")}
    </Button>
  ) : null;
};

/** Judges the answers by every schema; the first fault of a field is the one that is told. */
export const resolverOf =
  <T extends Answers>(
    shape: ZodMiniType<T>,
    schemas: readonly ZodMiniType<T>[],
    /** The words for a key of the catalogue. */
    say: (message: string) => string | undefined,
  ): Resolver<Answers> =>
  (answers) => {
    const errors: FieldErrors<Answers> = {};
    for (const schema of schemas) {
      const judged = schema.safeParse(shape.parse(answers));
      for (const issue of judged.error?.issues ?? []) {
        const field = String(issue.path[0] ?? "");
        errors[field] ??= { type: "validation", message: say(issue.message) };
      }
    }
    return Object.keys(errors).length === 0 ? { values: answers, errors: {} } : { values: {}, errors };
  };

/** One question: its fields, errors in place and on top, and every keystroke handed up so that nothing is lost. */
export const StepForm = <T extends Answers>({
  title,
  lead,
  why,
  values,
  shape,
  schema,
  serverErrors,
  onBack,
  submitLabel,
  onChange,
  onSubmit,
  children,
}: StepFormProps<T>) => {
  const t = useTranslations("common");
  const errorText = useErrorText();
  const fieldId = useFieldId();
  const { control, formState, handleSubmit, setError, subscribe } = useForm<Answers>({
    defaultValues: values,
    resolver: resolverOf(shape, [schema], errorText),
    reValidateMode: "onChange",
    shouldFocusError: false,
  });
  const element = useRef<HTMLFormElement>(null);
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
    serverErrors.forEach(({ field, detail }) => setError(field, { type: "server", message: detail }));
  }, [serverErrors, setError]);

  // The first wrong field as it stands on the page, not as the form happens to know it.
  useEffect(() => {
    if (formState.submitCount === 0 && serverErrors.length === 0) return;
    element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [formState.submitCount, serverErrors]);

  const summary = Object.entries(formState.errors).flatMap(([name, error]) => {
    return typeof error?.message === "string" && error.message
      ? [{ text: error.message, fieldId: fieldId(name) }]
      : [];
  });

  return (
    <form
      ref={element}
      noValidate
      onSubmit={handleSubmit((answers) => onSubmit(shape.parse(answers)))}
      className="flex flex-col gap-6"
    >
      <BackLink onBack={onBack} />
      {summary.length > 1 && <ErrorSummary title={t("problemSummary")} items={summary} takesFocus={false} />}
      <StepHeading title={title} lead={lead} why={why} />
      {children(control, shape.parse(current))}
      <Button type="submit" size="large" className="sm:self-start">
        {submitLabel}
      </Button>
    </form>
  );
};
