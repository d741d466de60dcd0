"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";

import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/text-input";
import { isProblem } from "@/lib/problem";

import { recoveryCodeSchema } from "../schemas";

interface RecoveryCodeFormProps {
  error: unknown;
  busy: boolean;
  onConfirm: (code: string) => void;
  onEdit: () => void;
}

const FIELD = "recovery-code";

/** One of the codes that were shown once when the second factor was set up. */
export const RecoveryCodeForm = ({ error, busy, onConfirm, onEdit }: RecoveryCodeFormProps) => {
  const t = useTranslations("signIn.second");
  const [code, setCode] = useState("");
  const [fault, setFault] = useState<"recoveryMissing" | "recoveryShort">();
  const isWrong = isProblem(error) && error.fieldError("/code") !== undefined;

  useEffect(() => {
    if (isWrong) document.getElementById(FIELD)?.focus();
  }, [isWrong, error]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const judged = recoveryCodeSchema.safeParse(code);
    if (judged.success) return onConfirm(judged.data);
    setFault(judged.error.issues[0]?.message === "recoveryMissing" ? "recoveryMissing" : "recoveryShort");
    document.getElementById(FIELD)?.focus();
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {!isWrong && <ProblemAlert error={error} />}
      <TextInput
        id={FIELD}
        label={t("recoveryLabel")}
        help={t("recoveryHelp")}
        width="medium"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        autoFocus
        error={fault ? t(fault) : isWrong ? t("recoveryWrong") : undefined}
        value={code}
        onChange={(event) => {
          setCode(event.target.value);
          setFault(undefined);
          onEdit();
        }}
      />
      <Button type="submit" size="large" busy={busy} className="sm:self-start">
        {t("confirm")}
      </Button>
    </form>
  );
};
