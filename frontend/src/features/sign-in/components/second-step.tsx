"use client";

import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import type { Session } from "@/api/types";
import { AppCodeForm } from "@/components/app-code-form";
import { PasskeyProblem } from "@/components/passkey-problem";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choices";
import { supportsPasskeys } from "@/lib/passkeys";
import { hasCode } from "@/lib/problem";

import { useSecondStep, useSecondStepPasskey } from "../mutations";
import type { SecondStepMethod } from "../second-step";
import { RecoveryCodeForm } from "./recovery-code-form";

interface SecondStepProps {
  methods: readonly SecondStepMethod[];
  onDone: (session: Session) => void;
  /** Back to the first step: by wish, or because the time for this one is over. */
  onStartAgain: () => void;
}

const LABELS = { totp: "byApp", recovery_code: "byRecovery", passkey: "byPasskey" } as const;

const PasskeyStep = ({ trust, onDone }: { trust: boolean; onDone: (session: Session) => void }) => {
  const t = useTranslations("signIn.second");
  const step = useSecondStepPasskey(onDone);
  return (
    <div className="flex flex-col gap-4">
      <PasskeyProblem error={step.error} />
      <p>{t("passkeyText")}</p>
      <Button
        size="large"
        autoFocus
        busy={step.isPending}
        onClick={() => step.mutate({ trust })}
        className="sm:self-start"
      >
        <KeyRound aria-hidden className="size-5" />
        {t("passkeyButton")}
      </Button>
    </div>
  );
};

/** The first step was right: now something that only this person has. */
export const SecondStep = ({ methods, onDone, onStartAgain }: SecondStepProps) => {
  const t = useTranslations("signIn.second");
  const usable = methods.filter((method) => method !== "passkey" || supportsPasskeys());
  const [chosen, setChosen] = useState<SecondStepMethod>();
  const [trust, setTrust] = useState(false);
  const step = useSecondStep(onDone);
  const method = chosen ?? usable[0];
  const send = (code: string) => step.mutate({ code, trust: trust && method !== "recovery_code" });
  const forget = () => step.error && step.reset();

  if (hasCode(step.error, "auth.second_step_expired")) {
    return (
      <div className="flex flex-col gap-4">
        <Alert tone="warning" live>
          {t("expired")}
        </Alert>
        <Button size="large" onClick={onStartAgain} className="sm:self-start">
          {t("startAgain")}
        </Button>
      </div>
    );
  }
  return (
    <section aria-labelledby="second-step-title" className="flex flex-col gap-5">
      <div className="flex flex-col gap-1">
        <h2 id="second-step-title" className="text-lg font-semibold">
          {t("title")}
        </h2>
        <p>{t("text")}</p>
      </div>
      {method !== "recovery_code" && (
        <Checkbox
          id="trust-device"
          label={t("trust")}
          checked={trust}
          onChange={(event) => setTrust(event.target.checked)}
        />
      )}
      {method === "totp" && (
        <AppCodeForm
          submitLabel={t("confirm")}
          error={step.error}
          busy={step.isPending}
          onConfirm={send}
          onEdit={forget}
        />
      )}
      {method === "recovery_code" && (
        <RecoveryCodeForm error={step.error} busy={step.isPending} onConfirm={send} onEdit={forget} />
      )}
      {method === "passkey" && <PasskeyStep trust={trust} onDone={onDone} />}
      {!method && <Alert tone="warning">{t("noWays")}</Alert>}
      <div className="-ml-4 flex flex-col items-start">
        {usable
          .filter((other) => other !== method)
          .map((other) => (
            <Button
              key={other}
              variant="quiet"
              onClick={() => {
                forget();
                setChosen(other);
              }}
            >
              {t(LABELS[other])}
            </Button>
          ))}
        <Button variant="quiet" onClick={onStartAgain}>
          {t("startAgain")}
        </Button>
      </div>
    </section>
  );
};
