"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { CodePanel, type SentCode, sentCodeNow } from "@/components/code-panel";
import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { useCodeFailure } from "@/lib/use-code-failure";

import { useProveByValue, useSendProofCode } from "../mutations";

/** A code to the phone, or to the e-mail of those who have no phone with us. */
export const CodeProof = ({ to, onProven }: { to: string; onProven: () => void }) => {
  const t = useTranslations("proof");
  const isEmail = to.includes("@");
  const [sent, setSent] = useState<SentCode | null>(null);
  const send = useSendProofCode();
  const prove = useProveByValue("code", onProven);
  const failure = useCodeFailure(prove.error, isEmail);
  const ask = () =>
    send.mutate(undefined, {
      onSuccess: (answer) => {
        prove.reset();
        setSent(sentCodeNow(answer));
      },
    });

  if (!sent) {
    return (
      <div className="flex flex-col gap-4">
        <ProblemAlert error={send.error} />
        <p>{isEmail ? t("codeTextEmail", { to }) : t("codeTextSms", { to })}</p>
        <Button size="large" autoFocus busy={send.isPending} onClick={ask} className="sm:self-start">
          {t("sendCode")}
        </Button>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <ProblemAlert error={send.error} />
      <CodePanel
        key={sent.resendAt}
        sent={sent}
        submitLabel={t("confirm")}
        error={failure.wrong}
        dead={failure.dead}
        busy={prove.isPending}
        resendBusy={send.isPending}
        onConfirm={(code) => prove.mutate(code)}
        onResend={ask}
      />
    </div>
  );
};
