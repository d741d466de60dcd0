"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useId, useState } from "react";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CODE_LENGTH, CodeInput } from "@/components/ui/code-input";
import { formatCountdown } from "@/lib/format";
import { useCountdown } from "@/lib/use-countdown";

export interface SentCode {
  maskedPhone: string;
  /** Set when the code went out by e-mail instead of SMS. */
  maskedEmail?: string;
  /** Moments of this device's clock, in milliseconds. */
  resendAt: number;
  expiresAt: number;
}

export const sentCodeNow = (answer: {
  masked_phone: string;
  masked_email?: string;
  resend_after_seconds: number;
  expires_in_seconds: number;
}): SentCode => ({
  maskedPhone: answer.masked_phone,
  maskedEmail: answer.masked_email || undefined,
  resendAt: Date.now() + answer.resend_after_seconds * 1000,
  expiresAt: Date.now() + answer.expires_in_seconds * 1000,
});

interface CodePanelProps {
  sent: SentCode;
  submitLabel: string;
  /** What went wrong with the last code, in words. */
  error?: string;
  /** The code can no longer be entered: says why; only a new one helps. */
  dead?: string;
  busy: boolean;
  resendBusy: boolean;
  onConfirm: (code: string) => void;
  onResend: () => void;
  children?: ReactNode;
}

/** Entering a code from an SMS or a letter: one field, when a new one may be asked for, and what to do when it is too late. */
export const CodePanel = ({
  sent,
  submitLabel,
  error,
  dead,
  busy,
  resendBusy,
  onConfirm,
  onResend,
  children,
}: CodePanelProps) => {
  const t = useTranslations("common.code");
  const id = useId();
  const isEmail = sent.maskedEmail !== undefined;
  const [code, setCode] = useState("");
  const [localError, setLocalError] = useState<string>();
  const resendIn = useCountdown(sent.resendAt);
  const expiresIn = useCountdown(sent.expiresAt);
  const isDead = dead !== undefined || expiresIn === 0;

  const confirm = (value: string) => {
    if (busy) return;
    if (value.length !== CODE_LENGTH) {
      setLocalError(
        value === "" ? t(isEmail ? "email.missing" : "missing") : t("short", { digits: value.length }),
      );
      document.getElementById(id)?.focus();
      return;
    }
    setLocalError(undefined);
    onConfirm(value);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm(code);
  };
  const askAgain = () => {
    setCode("");
    setLocalError(undefined);
    onResend();
  };

  if (isDead) {
    return (
      <div className="flex flex-col gap-4">
        <Alert tone="warning" live>
          {dead ?? t("expired")}
        </Alert>
        <Button size="large" busy={resendBusy} onClick={askAgain} className="sm:self-start">
          {t("sendNew")}
        </Button>
        {children}
      </div>
    );
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <CodeInput
        id={id}
        label={t(isEmail ? "email.label" : "label")}
        help={
          isEmail
            ? t("email.sentTo", { email: sent.maskedEmail ?? "", left: formatCountdown(expiresIn) })
            : t("sentTo", { phone: sent.maskedPhone, left: formatCountdown(expiresIn) })
        }
        error={localError ?? (code === "" || code.length === CODE_LENGTH ? error : undefined)}
        value={code}
        onValueChange={(value) => {
          setCode(value);
          setLocalError(undefined);
        }}
        onComplete={confirm}
        autoFocus
      />
      <div className="flex flex-col gap-2 sm:flex-row sm:items-center">
        <Button type="submit" size="large" busy={busy}>
          {submitLabel}
        </Button>
        {resendIn > 0 ? (
          <p className="py-2 text-muted sm:px-4" aria-live="off">
            {t("resendIn", { left: formatCountdown(resendIn) })}
          </p>
        ) : (
          <Button variant="quiet" busy={resendBusy} onClick={askAgain}>
            {t("resend")}
          </Button>
        )}
      </div>
      {children}
    </form>
  );
};
