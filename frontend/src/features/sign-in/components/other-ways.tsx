"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, LogIn } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import type { Session } from "@/api/types";
import { PasskeyProblem } from "@/components/passkey-problem";
import { ProblemAlert } from "@/components/problem-alert";
import { ProviderForm } from "@/components/provider-form";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { supportsPasskeys } from "@/lib/passkeys";
import { sessionQuery } from "@/lib/session";
import { useHydrated } from "@/lib/use-hydrated";
import { usePhone } from "@/lib/use-phone";

import { usePasskeySignIn } from "../mutations";
import { KeyWay } from "./key-way";

interface OtherWaysProps {
  /** Path without language where an outside provider brings the person back to. */
  callback: string;
  /** What the server of the page knew of the ways; the person's own session says the same a moment later. */
  ways?: Session["sign_in"] | null;
  onDone: (session: Session) => void;
}

/** Ways in beside the main one: only those that this device and this installation know. */
export const OtherWays = ({ callback, ways: known = null, onDone }: OtherWaysProps) => {
  const t = useTranslations("signIn.other");
  const locale = useLocale();
  const isHydrated = useHydrated();
  const { data: session } = useQuery(sessionQuery);
  const passkey = usePasskeySignIn(onDone);
  const [providerError, setProviderError] = useState<unknown>(null);
  const ways = (isHydrated ? session?.sign_in : null) ?? known;
  // Nearly every browser has passkeys: the few that have not lose the button, instead of all the others seeing it jump in.
  const hasPasskeys = ways?.passkeys === true && (!isHydrated || supportsPasskeys());
  const providers = ways?.providers ?? [];
  // NCALayer is a program for computers.
  const isPhone = usePhone();
  const hasKeys = ways?.eds === true && !isPhone;

  if (!hasPasskeys && !hasKeys && providers.length === 0) return null;
  return (
    <section
      aria-label={t("title")}
      className={cn("flex flex-col gap-3", !hasPasskeys && providers.length === 0 && "pointer-coarse:hidden")}
    >
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
      {/* Which device it is, is known only here: until then the phone's own styles keep the button away. */}
      {hasKeys && (
        <div className="flex flex-col gap-3 pointer-coarse:hidden">
          <KeyWay onDone={onDone} />
        </div>
      )}
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
