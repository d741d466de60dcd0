"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";

import type { Session } from "@/api/types";
import { ProblemAlert } from "@/components/problem-alert";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/text-input";
import { hasCode } from "@/lib/problem";

import { usePasswordSignIn } from "../mutations";
import { passwordSignInSchema } from "../schemas";
import { secondStepMethods } from "../second-step";
import { SecondStep } from "./second-step";

interface PasswordSignInProps {
  onDone: (session: Session) => void;
  /** Other ways in, shown as long as the first step is open. */
  children?: ReactNode;
}

/** Staff come in by e-mail and password. The answer never tells which of the two was wrong. */
export const PasswordSignIn = ({ onDone, children }: PasswordSignInProps) => {
  const t = useTranslations("signIn");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [missing, setMissing] = useState<ReadonlySet<string>>(new Set());
  const signIn = usePasswordSignIn(onDone);
  const secondStep = secondStepMethods(signIn.error);

  if (secondStep) {
    return <SecondStep methods={secondStep} onDone={onDone} onStartAgain={() => signIn.reset()} />;
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (signIn.isPending) return;
    const judged = passwordSignInSchema.safeParse({ email, password });
    const wrong = judged.success ? [] : judged.error.issues.map((issue) => String(issue.path[0]));
    setMissing(new Set(wrong));
    if (judged.success) signIn.mutate(judged.data);
    else document.getElementById(wrong[0] ?? "")?.focus();
  };
  return (
    <>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {hasCode(signIn.error, "auth.bad_credentials") ? (
          <Alert tone="danger" live>
            {t("badCredentials")}
          </Alert>
        ) : (
          <ProblemAlert error={signIn.error} />
        )}
        <TextInput
          id="email"
          name="email"
          type="email"
          label={t("email")}
          autoComplete="username"
          inputMode="email"
          maxLength={254}
          error={missing.has("email") && email.trim() === "" ? t("emailMissing") : undefined}
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
          error={missing.has("password") && password === "" ? t("passwordMissing") : undefined}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="submit" size="large" busy={signIn.isPending} className="sm:self-start">
          {t("signIn")}
        </Button>
      </form>
      {children}
    </>
  );
};
