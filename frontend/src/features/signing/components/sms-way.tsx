"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { CodePanel, type SentCode } from "@/components/code-panel";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { hasCode, isProblem } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

import { useConfirmSignature, useSendSigningCode } from "../mutations";
import { sentCodeOf } from "../signing-state";
import type { WayProps } from "../way-props";

const SPENT = ["signing.tries_spent", "signing.code_expired", "signing.other_session"];
const HANDLED = ["signature.already_signed", "signing.document_changed"];

/** A code by SMS: one press to get it, six digits to sign. */
export const SmsWay = ({ requestId, sha256, onSigned, onChanged }: WayProps) => {
  const t = useTranslations("signing");
  const code = useTranslations("common.code");
  const describe = useProblemText();
  const [sent, setSent] = useState<SentCode | null>(null);
  const send = useSendSigningCode(requestId);
  const confirm = useConfirmSignature(requestId);
  const failure = confirm.error;

  // Somebody impatient pressed twice, or signed on another device: that is success.
  const onError = (error: unknown) => {
    if (hasCode(error, "signature.already_signed")) onSigned(null);
    else if (hasCode(error, "signing.document_changed")) onChanged();
  };
  const sendCode = () =>
    send.mutate(sha256, {
      onSuccess: (request) => {
        confirm.reset();
        if (request.status === "signed") return onSigned(request);
        setSent(sentCodeOf(request));
      },
      onError,
    });
  const confirmCode = (value: string) => confirm.mutate(value, { onSuccess: onSigned, onError });
  const wrongCode = () => {
    if (!isProblem(failure) || hasCode(failure, ...SPENT)) return undefined;
    if (!failure.fieldError("/code")) return describe(failure);
    const left = failure.triesLeft("/code");
    return left === null ? code("wrong") : code("wrongWithTries", { tries: left });
  };
  const deadReason = () => {
    if (hasCode(failure, "signing.tries_spent")) return code("spent");
    if (hasCode(failure, "signing.other_session")) return describe(failure);
    return hasCode(failure, "signing.code_expired") ? code("expired") : undefined;
  };
  return (
    <>
      {send.error && !hasCode(send.error, ...HANDLED) && (
        <Alert tone="danger" live>
          {describe(send.error)}
        </Alert>
      )}
      {sent ? (
        <>
          <h3 className="font-semibold">{t("codeTitle")}</h3>
          <CodePanel
            sent={sent}
            submitLabel={t("sign")}
            error={wrongCode()}
            dead={deadReason()}
            busy={confirm.isPending}
            resendBusy={send.isPending}
            onConfirm={confirmCode}
            onResend={sendCode}
          />
        </>
      ) : (
        <>
          <p className="measure">{t("actionText")}</p>
          <Button size="large" className="sm:self-start" busy={send.isPending} onClick={sendCode}>
            {t("getCode")}
          </Button>
        </>
      )}
    </>
  );
};
