"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, LogIn } from "lucide-react";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import type { Session } from "@/api/types";
import { PasskeyProblem } from "@/components/passkey-problem";
import { ProblemAlert } from "@/components/problem-alert";
import { ProviderForm } from "@/components/provider-form";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { supportsPasskeys } from "@/lib/passkeys";
import { sessionQuery } from "@/lib/session";
import { useHydrated } from "@/lib/use-hydrated";
import { usePhone } from "@/lib/use-phone";

import { usePasskeySignIn } from "../mutations";

const KeySignIn = dynamic(() => import("./key-sign-in").then((found) => found.KeySignIn), {
  ssr: false,
  loading: () => <Skeleton className="h-12" />,
});

interface OtherWaysProps {
  /** Path without language where an outside provider brings the person back to. */
  callback: string;
  onDone: (session: Session) => void;
}

/** Ways in beside the main one: only those that this device and this installation know. */
export const OtherWays = ({ callback, onDone }: OtherWaysProps) => {
  const t = useTranslations("signIn.other");
  const locale = useLocale();
  const isHydrated = useHydrated();
  const { data: session } = useQuery(sessionQuery);
  const passkey = usePasskeySignIn(onDone);
  const [providerError, setProviderError] = useState<unknown>(null);
  const ways = isHydrated ? session?.sign_in : undefined;
  const hasPasskeys = ways?.passkeys === true && supportsPasskeys();
  const providers = ways?.providers ?? [];
  // NCALayer is a program for computers.
  const isPhone = usePhone();
  const hasKeys = ways?.eds === true && !isPhone;

  if (!hasPasskeys && !hasKeys && providers.length === 0) return null;
  return (
    <section aria-label={t("title")} className="flex flex-col gap-3">
      <p aria-hidden className="flex items-center gap-3 text-sm text-muted">
        <span className="h-px flex-1 bg-line" />
        {t("or")}
        <span className="h-px flex-1 bg-line" />
      </p>
      <PasskeyProblem error={passkey.error} />
      <ProblemAlert error={providerError} />
      {hasPasskeys && (
        <Button variant="secondary" size="large" busy={passkey.isPending} onClick={() => passkey.mutate()}>
          <KeyRound aria-hidden className="size-5 text-primary" />
          {t("passkey")}
        </Button>
      )}
      {hasKeys && <KeySignIn onDone={onDone} />}
      {providers.map(({ id, name }) => (
        <ProviderForm
          key={id}
          provider={id}
          process="login"
          callbackUrl={`/${locale}${callback}`}
          onError={setProviderError}
        >
          {(busy) => (
            <Button type="submit" variant="secondary" size="large" block busy={busy}>
              <LogIn aria-hidden className="size-5 text-primary" />
              {t("provider", { name })}
            </Button>
          )}
        </ProviderForm>
      ))}
    </section>
  );
};
