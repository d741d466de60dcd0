"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useId, useState } from "react";

import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { CODE_LENGTH, CodeInput } from "@/components/ui/code-input";
import { isProblem } from "@/lib/problem";

interface AppCodeFormProps {
  submitLabel: string;
  /** What the server said of the last code. */
  error: unknown;
  busy: boolean;
  onConfirm: (code: string) => void;
  /** The digits changed: what was said of the last code no longer counts. */
  onEdit: () => void;
  autoFocus?: boolean;
  children?: React.ReactNode;
}

/** The six digits of an authenticator app; the last one sends them by itself. */
export const AppCodeForm = ({
  submitLabel,
  error,
  busy,
  onConfirm,
  onEdit,
  autoFocus = true,
  children,
}: AppCodeFormProps) => {
  const t = useTranslations("common.code");
  const id = useId();
  const [code, setCode] = useState("");
  const [localError, setLocalError] = useState<string>();
  const isWrong = isProblem(error) && (error.fieldError("/code") ?? error.fieldError("/value")) !== undefined;

  useEffect(() => {
    if (isWrong) document.getElementById(id)?.focus();
  }, [id, isWrong, error]);

  const confirm = (value: string) => {
    if (busy) return;
    if (value.length === CODE_LENGTH) return onConfirm(value);
    setLocalError(value === "" ? t("app.missing") : t("short", { digits: value.length }));
    document.getElementById(id)?.focus();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm(code);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {!isWrong && <ProblemAlert error={error} />}
      <CodeInput
        id={id}
        label={t("app.label")}
        help={t("app.help")}
        error={localError ?? (isWrong ? t("app.wrong") : undefined)}
        value={code}
        onValueChange={(value) => {
          setCode(value);
          setLocalError(undefined);
          if (value !== code) onEdit();
        }}
        onComplete={confirm}
        autoFocus={autoFocus}
      />
      {children}
      <Button type="submit" size="large" busy={busy} className="sm:self-start">
        {submitLabel}
      </Button>
    </form>
  );
};
