"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import type { ConsentText } from "@/api/types";
import { CodePanel, type SentCode, sentCodeNow } from "@/components/code-panel";
import { ProblemState } from "@/components/state-panels";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { hasCode, isProblem } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

import { useAcceptConsents, useSendConsentCode } from "../../mutations";
import { BackLink, StepHeading } from "../step-form";
import { AcceptedMark, acceptanceOf, ConsentBody, ConsentsLoading, useConsents } from "./consents";

interface AgreementStepProps {
  onBack: (() => void) | null;
  submitLabel: string;
  onContinue: () => void;
}

const CodeForAgreement = ({ text, onAccepted }: { text: ConsentText; onAccepted: () => void }) => {
  const t = useTranslations("apply.agreement");
  const code = useTranslations("common.code");
  const describe = useProblemText();
  const [sent, setSent] = useState<SentCode | null>(null);
  const send = useSendConsentCode();
  const accept = useAcceptConsents();
  const failure = accept.error;

  const sendCode = () =>
    send.mutate("sms_agreement", {
      onSuccess: (answer) => {
        accept.reset();
        setSent(sentCodeNow(answer));
      },
    });
  const wrongCode = () => {
    if (
      !isProblem(failure) ||
      hasCode(failure, "consent.code_spent", "consent.code_expired", "consent.text_changed")
    ) {
      return undefined;
    }
    if (!failure.fieldError("/code")) return describe(failure);
    const left = failure.triesLeft("/code");
    return left === null ? code("wrong") : code("wrongWithTries", { tries: left });
  };
  const deadReason = () => {
    if (hasCode(failure, "consent.code_spent")) return code("spent");
    if (hasCode(failure, "consent.text_changed")) return t("textChanged");
    return hasCode(failure, "consent.code_expired") ? code("expired") : undefined;
  };

  return (
    <>
      {send.error && (
        <Alert tone="danger" live>
          {describe(send.error)}
        </Alert>
      )}
      {sent ? (
        <CodePanel
          sent={sent}
          submitLabel={t("accept")}
          error={wrongCode()}
          dead={deadReason()}
          busy={accept.isPending}
          resendBusy={send.isPending}
          onConfirm={(value) => accept.mutate([{ text, code: value }], { onSuccess: onAccepted })}
          onResend={sendCode}
        />
      ) : (
        <Button size="large" busy={send.isPending} onClick={sendCode} className="sm:self-start">
          {t("getCode")}
        </Button>
      )}
    </>
  );
};

/** The agreement that makes a code by SMS a signature: accepted once, by such a code. */
export const AgreementStep = ({ onBack, submitLabel, onContinue }: AgreementStepProps) => {
  const t = useTranslations("apply.agreement");
  const { texts, accepted, error, retry } = useConsents();
  if (error) return <ProblemState error={error} onRetry={retry} />;
  const text = texts?.find((item) => item.kind === "sms_agreement");
  if (!texts || !accepted) return <ConsentsLoading />;
  const acceptance = text && acceptanceOf(text, accepted);
  return (
    <div className="flex flex-col gap-6">
      <BackLink onBack={onBack} />
      <StepHeading title={text?.title ?? t("title")} lead={<p>{t("lead")}</p>} />
      {text && <ConsentBody text={text} />}
      {acceptance && <AcceptedMark consent={acceptance} />}
      {text && !acceptance ? (
        <CodeForAgreement text={text} onAccepted={onContinue} />
      ) : (
        <Button size="large" onClick={onContinue} className="sm:self-start">
          {submitLabel}
        </Button>
      )}
    </div>
  );
};
