"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import * as z from "zod/mini";

import { CodePanel, type SentCode, sentCodeNow } from "@/components/code-panel";
import { CheckedForm } from "@/components/form/checked-form";
import { PhoneField, TextField } from "@/components/form/fields";
import { emailRule, phoneRule } from "@/components/form/rules";
import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { parseTypedPhone } from "@/lib/phone-number";
import { hasCode } from "@/lib/problem";
import { useCodeFailure } from "@/lib/use-code-failure";

import { type ContactKind, useAskContactCode, useConfirmContact } from "../mutations";

interface ContactDialogProps {
  kind: ContactKind;
  onClose: () => void;
}

/** A new e-mail or phone: the code that goes there proves that it is the person's own. */
export const ContactDialog = ({ kind, onClose }: ContactDialogProps) => {
  const t = useTranslations(`security.${kind}`);
  const common = useTranslations("common");
  const toast = useToast();
  const [address, setAddress] = useState("");
  const [sent, setSent] = useState<SentCode | null>(null);
  const ask = useAskContactCode(kind);
  const confirm = useConfirmContact(kind);
  // Only the right code tells that the address is somebody else's: then another one is needed, not another code.
  const isTaken = hasCode(confirm.error, "accounts.phone_taken", "accounts.email_taken");
  const failure = useCodeFailure(confirm.error, kind === "email");
  const schema = z.object({
    address:
      kind === "email" ? emailRule({ missing: t("missing"), wrong: t("wrong") }) : phoneRule(t("wrong")),
  });

  const send = (typed: string) => {
    const plain = kind === "phone" ? (parseTypedPhone(typed) ?? typed) : typed.trim();
    setAddress(typed);
    ask.mutate(plain, {
      onSuccess: (answer) => {
        confirm.reset();
        const code = sentCodeNow(answer);
        setSent(kind === "email" ? { ...code, maskedEmail: code.maskedEmail ?? plain } : code);
      },
    });
  };
  const startAgain = () => {
    confirm.reset();
    setSent(null);
  };
  const check = (code: string) =>
    confirm.mutate(code, {
      onSuccess: () => {
        toast.show("success", t("saved"));
        onClose();
      },
    });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("title")}
      description={t("text")}
      closeLabel={common("close")}
    >
      {sent && !isTaken ? (
        <>
          <ProblemAlert error={ask.error} />
          <CodePanel
            key={sent.resendAt}
            sent={sent}
            submitLabel={t("confirm")}
            error={failure.wrong}
            dead={failure.dead}
            busy={confirm.isPending}
            resendBusy={ask.isPending}
            onConfirm={check}
            onResend={() => send(address)}
          >
            <Button variant="quiet" onClick={startAgain} className="-ml-4 self-start">
              {t("other")}
            </Button>
          </CodePanel>
        </>
      ) : (
        <CheckedForm
          values={{ address }}
          schema={schema}
          error={ask.error ?? confirm.error}
          busy={ask.isPending}
          submitLabel={t("getCode")}
          pointers={{ [`/${kind}`]: "address" }}
          onSubmit={(values) => send(values.address)}
        >
          {(field) =>
            kind === "email" ? (
              <TextField
                {...field("address")}
                label={t("label")}
                type="email"
                inputMode="email"
                autoComplete="email"
                maxLength={254}
              />
            ) : (
              <PhoneField {...field("address")} label={t("label")} />
            )
          }
        </CheckedForm>
      )}
    </Dialog>
  );
};
