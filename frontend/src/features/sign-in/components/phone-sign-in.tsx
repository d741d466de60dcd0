"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";

import type { Session } from "@/api/types";
import { CodePanel, type SentCode, sentCodeNow } from "@/components/code-panel";
import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { PhoneInput } from "@/components/ui/masked-inputs";
import { parseTypedPhone } from "@/lib/phone-number";
import { hasCode, isProblem } from "@/lib/problem";
import { useCodeFailure } from "@/lib/use-code-failure";

import { useConfirmCode, useRequestCode, useResendCode } from "../mutations";
import { secondStepMethods } from "../second-step";
import { SecondStep } from "./second-step";

interface PhoneFormProps {
  phone: string;
  onPhoneChange: (phone: string) => void;
  onSent: (code: SentCode) => void;
}

const PhoneForm = ({ phone, onPhoneChange, onSent }: PhoneFormProps) => {
  const t = useTranslations("signIn");
  const [error, setError] = useState<string>();
  const request = useRequestCode();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (request.isPending) return;
    const number = parseTypedPhone(phone);
    if (!number) {
      setError(phone.trim() === "" ? t("phoneMissing") : t("phoneWrong"));
      document.getElementById("phone")?.focus();
      return;
    }
    setError(undefined);
    request.mutate(number, { onSuccess: (answer) => onSent(sentCodeNow(answer)) });
  };
  const fieldError = isProblem(request.error) ? request.error.fieldError("/phone")?.detail : undefined;

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {!fieldError && <ProblemAlert error={request.error} />}
      <PhoneInput
        id="phone"
        name="phone"
        label={t("phone")}
        help={t("phoneHelp")}
        placeholder="+7 701 234 56 78"
        error={error ?? fieldError}
        value={phone}
        onValueChange={(value) => {
          onPhoneChange(value);
          setError(undefined);
          if (request.error) request.reset();
        }}
      />
      <Button type="submit" size="large" busy={request.isPending} className="sm:self-start">
        {t("getCode")}
      </Button>
    </form>
  );
};

interface CodeFormProps {
  sent: SentCode;
  onSent: (code: SentCode) => void;
  onOtherPhone: () => void;
  onDone: (session: Session) => void;
}

const CodeForm = ({ sent, onSent, onOtherPhone, onDone }: CodeFormProps) => {
  const t = useTranslations("signIn");
  const confirm = useConfirmCode(onDone);
  const resend = useResendCode();
  const failure = useCodeFailure(confirm.error);
  const secondStep = secondStepMethods(confirm.error);

  if (secondStep) return <SecondStep methods={secondStep} onDone={onDone} onStartAgain={onOtherPhone} />;
  const askAgain = () =>
    resend.mutate(undefined, {
      onSuccess: (answer) => {
        confirm.reset();
        onSent(sentCodeNow(answer));
      },
      // The pending sign-in is gone with its tries: the number has to be given again.
      onError: (error) => {
        if (isProblem(error) && error.status > 0 && error.status < 500 && error.status !== 429)
          onOtherPhone();
      },
    });

  return (
    <div className="flex flex-col gap-4">
      <ProblemAlert error={resend.error} />
      <CodePanel
        sent={sent}
        submitLabel={t("confirm")}
        error={failure.wrong}
        dead={failure.dead}
        busy={confirm.isPending}
        resendBusy={resend.isPending}
        onConfirm={(value) => confirm.mutate(value)}
        onResend={hasCode(confirm.error, "auth.code_spent") ? onOtherPhone : askAgain}
      >
        <Button variant="quiet" onClick={onOtherPhone} className="-ml-4 self-start">
          {t("otherPhone")}
        </Button>
      </CodePanel>
    </div>
  );
};

interface PhoneSignInProps {
  onDone: (session: Session) => void;
  /** Other ways in, shown as long as no code was asked for. */
  children?: ReactNode;
}

/** One phone field for new and known people: the answer is the same for both, the code tells who it is. */
export const PhoneSignIn = ({ onDone, children }: PhoneSignInProps) => {
  const [phone, setPhone] = useState("");
  const [sent, setSent] = useState<SentCode | null>(null);
  if (sent) {
    return <CodeForm sent={sent} onSent={setSent} onOtherPhone={() => setSent(null)} onDone={onDone} />;
  }
  return (
    <>
      <PhoneForm phone={phone} onPhoneChange={setPhone} onSent={setSent} />
      {children}
    </>
  );
};
