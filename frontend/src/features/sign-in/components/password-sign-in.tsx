"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import type { Session } from "@/api/types";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/text-input";
import { hasCode } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

import { usePasswordSignIn } from "../mutations";

/** Staff come in by e-mail and password. The answer never tells which of the two was wrong. */
export const PasswordSignIn = ({ onDone }: { onDone: (session: Session) => void }) => {
  const t = useTranslations("signIn");
  const describe = useProblemText();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [missing, setMissing] = useState(false);
  const signIn = usePasswordSignIn(onDone);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (signIn.isPending) return;
    const isIncomplete = email.trim() === "" || password === "";
    setMissing(isIncomplete);
    if (isIncomplete) document.getElementById(email.trim() === "" ? "email" : "password")?.focus();
    else signIn.mutate({ email: email.trim(), password });
  };
  const failure = signIn.error
    ? hasCode(signIn.error, "auth.bad_credentials")
      ? t("badCredentials")
      : describe(signIn.error)
    : undefined;

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {failure && (
        <Alert tone="danger" live>
          {failure}
        </Alert>
      )}
      <TextInput
        id="email"
        name="email"
        type="email"
        label={t("email")}
        autoComplete="username"
        inputMode="email"
        maxLength={254}
        error={missing && email.trim() === "" ? t("emailMissing") : undefined}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <TextInput
        id="password"
        name="password"
        type="password"
        label={t("password")}
        autoComplete="current-password"
        maxLength={200}
        error={missing && password === "" ? t("passwordMissing") : undefined}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" size="large" busy={signIn.isPending} className="sm:self-start">
        {t("signIn")}
      </Button>
    </form>
  );
};
