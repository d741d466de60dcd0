"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import type { ConsentText } from "@/api/types";
import { CodePanel, type SentCode, sentCodeNow } from "@/components/code-panel";
import { ProblemAlert } from "@/components/problem-alert";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choices";
import { hasCode, isProblem } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

import { useAcceptConsent, useSendConsentCode } from "../mutations";

interface AcceptProps {
  text: ConsentText;
  onDone: () => void;
}

/** A tick under the text, as in the application. */
const AcceptByTick = ({ text, onDone }: AcceptProps) => {
  const t = useTranslations("consentsPage.accept");
  const [isTicked, setTicked] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const accept = useAcceptConsent(text, onDone);
  const id = `consent-${text.kind}`;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (accept.isPending) return;
    setChecked(true);
    if (isTicked) accept.mutate(null);
    else document.getElementById(id)?.focus();
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {hasCode(accept.error, "consent.text_changed") ? (
        <Alert tone="warning" live>
          {t("textChanged")}
        </Alert>
      ) : (
        <ProblemAlert error={accept.error} />
      )}
      <Checkbox
        id={id}
        label={t("agree")}
        checked={isTicked}
        error={isChecked && !isTicked ? t("agreeMissing") : undefined}
        onChange={(event) => setTicked(event.target.checked)}
      />
      <Button type="submit" busy={accept.isPending} className="sm:self-start">
        {t("submit")}
      </Button>
    </form>
  );
};

/** The agreement that makes a code by SMS a signature is accepted by such a code. */
const AcceptByCode = ({ text, onDone }: AcceptProps) => {
  const t = useTranslations("consentsPage.accept");
  const code = useTranslations("common.code");
  const describe = useProblemText();
  const [sent, setSent] = useState<SentCode | null>(null);
  const send = useSendConsentCode();
  const accept = useAcceptConsent(text, onDone);
  const failure = accept.error;

  const sendCode = () =>
    send.mutate(text.kind, {
      onSuccess: (answer) => {
        accept.reset();
        setSent(sentCodeNow(answer));
      },
    });
  const deadReason = () => {
    if (hasCode(failure, "consent.code_spent")) return code("spent");
    if (hasCode(failure, "consent.text_changed")) return t("textChanged");
    return hasCode(failure, "consent.code_expired") ? code("expired") : undefined;
  };
  const wrongCode = () => {
    if (!isProblem(failure) || deadReason() !== undefined) return undefined;
    if (!failure.fieldError("/code")) return describe(failure);
    const left = failure.triesLeft("/code");
    return left === null ? code("wrong") : code("wrongWithTries", { tries: left });
  };
  return (
    <div className="flex flex-col gap-4">
      <ProblemAlert error={send.error} />
      {sent ? (
        <CodePanel
          sent={sent}
          submitLabel={t("submitByCode")}
          error={wrongCode()}
          dead={deadReason()}
          busy={accept.isPending}
          resendBusy={send.isPending}
          onConfirm={(value) => accept.mutate(value)}
          onResend={sendCode}
        />
      ) : (
        <Button busy={send.isPending} onClick={sendCode} className="sm:self-start">
          {t("getCode")}
        </Button>
      )}
    </div>
  );
};

export const AcceptPanel = (props: AcceptProps) =>
  props.text.kind === "sms_agreement" ? <AcceptByCode {...props} /> : <AcceptByTick {...props} />;
