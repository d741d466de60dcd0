"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";

import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/text-input";
import { isProblem } from "@/lib/problem";
import { sessionQuery } from "@/lib/session";

import { useProveByValue } from "../mutations";
import { passwordSchema } from "../schemas";

export const PasswordProof = ({ onProven }: { onProven: () => void }) => {
  const t = useTranslations("proof");
  const id = useId();
  const { data: session } = useQuery(sessionQuery);
  const [password, setPassword] = useState("");
  const [isMissing, setMissing] = useState(false);
  const prove = useProveByValue("password", onProven);
  const isWrong = isProblem(prove.error) && prove.error.fieldError("/value") !== undefined;
  const focus = () => document.getElementById(id)?.focus();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (prove.isPending) return;
    const isEmpty = !passwordSchema.safeParse({ password }).success;
    setMissing(isEmpty);
    if (isEmpty) focus();
    else prove.mutate(password, { onError: focus });
  };
  const error = isMissing ? t("passwordMissing") : isWrong ? t("passwordWrong") : undefined;

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {!isWrong && <ProblemAlert error={prove.error} />}
      {/* Tells a password manager whose password is asked for. */}
      <input
        type="text"
        autoComplete="username"
        value={session?.user?.email ?? ""}
        readOnly
        tabIndex={-1}
        aria-hidden
        className="sr-only"
      />
      <TextInput
        id={id}
        type="password"
        label={t("password")}
        autoComplete="current-password"
        maxLength={200}
        autoFocus
        error={error}
        value={password}
        onChange={(event) => {
          setPassword(event.target.value);
          setMissing(false);
          if (prove.error) prove.reset();
        }}
      />
      <Button type="submit" size="large" busy={prove.isPending} className="sm:self-start">
        {t("confirm")}
      </Button>
    </form>
  );
};
