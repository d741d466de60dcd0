"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";

import { type SentCode, sentCodeNow } from "@/components/code-panel";
import { NewPasswordField } from "@/components/new-password-field";
import { ProblemAlert } from "@/components/problem-alert";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CODE_LENGTH, CodeInput } from "@/components/ui/code-input";
import { formatCountdown } from "@/lib/format";
import { type PasswordFault, passwordFaults } from "@/lib/password-rules";
import { hasCode, isProblem } from "@/lib/problem";
import { useCodeFailure } from "@/lib/use-code-failure";
import { useCountdown } from "@/lib/use-countdown";
import { useNewPasswordError } from "@/lib/use-new-password-error";

import { useConfirmRecovery, useResendRecovery } from "../mutations";

interface PasswordStepProps {
  sent: SentCode;
  onSent: (sent: SentCode) => void;
  onOtherAddress: () => void;
  onDone: () => void;
}

const CODE = "recover-code";
const PASSWORD = "recover-password";

/** Asks for a new code; where the recovery itself is gone, the address has to be given again. */
const useAskAgain = ({ onSent, onOtherAddress }: Pick<PasswordStepProps, "onSent" | "onOtherAddress">) => {
  const resend = useResendRecovery();
  const ask = (isSpent: boolean, onFresh: () => void) => {
    if (isSpent) return onOtherAddress();
    resend.mutate(undefined, {
      onSuccess: (answer) => {
        onFresh();
        onSent(sentCodeNow(answer));
      },
      onError: (error) => {
        if (isProblem(error) && error.status >= 400 && error.status < 500 && error.status !== 429)
          onOtherAddress();
      },
    });
  };
  return { resend, ask };
};

/** The code and the new password together: both are needed, and a wrong code keeps the password. */
export const PasswordStep = ({ sent, onSent, onOtherAddress, onDone }: PasswordStepProps) => {
  const t = useTranslations("recover");
  const codes = useTranslations("common.code");
  const isEmail = sent.maskedEmail !== undefined;
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const [codeFault, setCodeFault] = useState<string>();
  const [passwordFault, setPasswordFault] = useState<PasswordFault>();
  const confirm = useConfirmRecovery(onDone);
  const { resend, ask } = useAskAgain({ onSent, onOtherAddress });
  const isPasswordRefused = isProblem(confirm.error) && confirm.error.fieldError("/password") !== undefined;
  const failure = useCodeFailure(isPasswordRefused ? null : confirm.error, isEmail);
  const isCodeWrong = isProblem(confirm.error) && confirm.error.fieldError("/code") !== undefined;
  const passwordError = useNewPasswordError()(passwordFault, confirm.error);
  const resendIn = useCountdown(sent.resendAt);
  const expiresIn = useCountdown(sent.expiresAt);
  const dead = failure.dead ?? (expiresIn === 0 ? codes("expired") : undefined);

  useEffect(() => {
    if (isCodeWrong) document.getElementById(CODE)?.focus();
    else if (isPasswordRefused) document.getElementById(PASSWORD)?.focus();
  }, [isCodeWrong, isPasswordRefused, confirm.error]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (confirm.isPending || dead) return;
    const missing = code === "" ? codes(isEmail ? "email.missing" : "missing") : undefined;
    const short = code.length < CODE_LENGTH ? codes("short", { digits: code.length }) : undefined;
    const fault = passwordFaults(password)[0];
    setCodeFault(missing ?? short);
    setPasswordFault(fault);
    if (missing || short) document.getElementById(CODE)?.focus();
    else if (fault) document.getElementById(PASSWORD)?.focus();
    else confirm.mutate({ code, password });
  };
  const askAgain = () =>
    ask(hasCode(confirm.error, "auth.code_spent"), () => {
      confirm.reset();
      setCode("");
    });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <ProblemAlert error={resend.error} />
      {!isCodeWrong && !isPasswordRefused && !dead && <ProblemAlert error={confirm.error} />}
      {dead ? (
        <Alert tone="warning" live>
          {dead}
        </Alert>
      ) : (
        <CodeInput
          id={CODE}
          label={codes(isEmail ? "email.label" : "label")}
          help={
            isEmail
              ? codes("email.sentTo", { email: sent.maskedEmail ?? "", left: formatCountdown(expiresIn) })
              : codes("sentTo", { phone: sent.maskedPhone, left: formatCountdown(expiresIn) })
          }
          error={codeFault ?? (isCodeWrong ? failure.wrong : undefined)}
          value={code}
          onValueChange={(value) => {
            setCode(value);
            setCodeFault(undefined);
          }}
          autoFocus
        />
      )}
      <NewPasswordField
        id={PASSWORD}
        label={t("newPassword")}
        error={passwordError}
        value={password}
        onValueChange={(value) => {
          setPassword(value);
          setPasswordFault(undefined);
          if (isPasswordRefused) confirm.reset();
        }}
      />
      <div className="flex flex-col gap-2 sm:flex-row sm:items-center">
        {dead ? (
          <Button size="large" busy={resend.isPending} onClick={askAgain}>
            {codes("sendNew")}
          </Button>
        ) : (
          <Button type="submit" size="large" busy={confirm.isPending}>
            {t("save")}
          </Button>
        )}
        {!dead && resendIn > 0 && (
          <p className="py-2 text-muted sm:px-4" aria-live="off">
            {codes("resendIn", { left: formatCountdown(resendIn) })}
          </p>
        )}
        {!dead && resendIn === 0 && (
          <Button variant="quiet" busy={resend.isPending} onClick={askAgain}>
            {codes("resend")}
          </Button>
        )}
      </div>
      <Button variant="quiet" onClick={onOtherAddress} className="-ml-4 self-start">
        {t("otherAddress")}
      </Button>
    </form>
  );
};
