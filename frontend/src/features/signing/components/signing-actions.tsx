"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import type { DocumentDetail, SignatureRequest } from "@/api/types";
import { CodePanel, type SentCode } from "@/components/code-panel";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { hasCode, isProblem } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

import { useConfirmSignature, useSendSigningCode } from "../mutations";
import { sentCodeOf } from "../signing-state";
import { DeclineDialog } from "./decline-dialog";

interface SigningActionsProps {
  document: DocumentDetail;
  onSigned: (request: SignatureRequest | null) => void;
  onDeclined: () => void;
  /** The document changed while it was read: it has to be shown anew. */
  onChanged: () => void;
}

interface OpenCode {
  requestId: string;
  sent: SentCode;
}

export const SigningActions = ({ document, onSigned, onDeclined, onChanged }: SigningActionsProps) => {
  const t = useTranslations("signing");
  const code = useTranslations("common.code");
  const describe = useProblemText();
  const [open, setOpen] = useState<OpenCode | null>(null);
  const [isDeclining, setDeclining] = useState(false);
  const send = useSendSigningCode();
  const confirm = useConfirmSignature();
  const failure = confirm.error;

  const sendCode = () =>
    send.mutate(
      { documentId: document.id, sha256: document.sha256 ?? "" },
      {
        onSuccess: (request) => {
          confirm.reset();
          if (request.status === "signed") return onSigned(request);
          const sent = sentCodeOf(request);
          if (sent) setOpen({ requestId: request.id, sent });
        },
        onError: (error) => {
          if (hasCode(error, "signature.already_signed")) onSigned(null);
          else if (hasCode(error, "signing.document_changed")) onChanged();
        },
      },
    );
  const confirmCode = (requestId: string, value: string) =>
    confirm.mutate(
      { requestId, code: value },
      {
        onSuccess: onSigned,
        // Somebody impatient pressed twice, or signed on another device: that is success.
        onError: (error) => {
          if (hasCode(error, "signature.already_signed")) onSigned(null);
          else if (hasCode(error, "signing.document_changed")) onChanged();
        },
      },
    );
  const wrongCode = () => {
    if (!isProblem(failure) || hasCode(failure, "signing.tries_spent", "signing.code_expired"))
      return undefined;
    if (!failure.fieldError("/code")) return describe(failure);
    const left = failure.triesLeft("/code");
    return left === null ? code("wrong") : code("wrongWithTries", { tries: left });
  };
  const deadReason = () => {
    if (hasCode(failure, "signing.tries_spent")) return code("spent");
    return hasCode(failure, "signing.code_expired") ? code("expired") : undefined;
  };
  const sendFailure =
    send.error && !hasCode(send.error, "signature.already_signed", "signing.document_changed")
      ? describe(send.error)
      : undefined;
  const declineButton = (
    <Button variant="secondary" size="large" onClick={() => setDeclining(true)}>
      {t("declineButton")}
    </Button>
  );

  return (
    <section
      aria-labelledby="signing-title"
      className="flex flex-col gap-4 rounded-card border border-line bg-surface p-4 sm:p-6"
    >
      <h2 id="signing-title" className="text-lg font-semibold">
        {open ? t("codeTitle") : t("actionTitle")}
      </h2>
      {sendFailure && (
        <Alert tone="danger" live>
          {sendFailure}
        </Alert>
      )}
      {open ? (
        <CodePanel
          sent={open.sent}
          submitLabel={t("sign")}
          error={wrongCode()}
          dead={deadReason()}
          busy={confirm.isPending}
          resendBusy={send.isPending}
          onConfirm={(value) => confirmCode(open.requestId, value)}
          onResend={sendCode}
        >
          <div className="flex flex-col sm:items-start">{declineButton}</div>
        </CodePanel>
      ) : (
        <>
          <p className="measure">{t("actionText")}</p>
          <div className="flex flex-col gap-2 sm:flex-row">
            <Button size="large" busy={send.isPending} onClick={sendCode}>
              {t("getCode")}
            </Button>
            {declineButton}
          </div>
        </>
      )}
      <DeclineDialog
        documentId={document.id}
        open={isDeclining}
        onOpenChange={setDeclining}
        onDeclined={onDeclined}
      />
    </section>
  );
};
