"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { Alert } from "@/components/ui/alert";
import { TextArea } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";

import { useWithdrawConsent } from "../mutations";
import type { GivenConsent } from "../types";

/** Withdrawing is as easy as giving; what ends with it is said before the second press. */
export const WithdrawDialog = ({ consent, onClose }: { consent: GivenConsent; onClose: () => void }) => {
  const t = useTranslations("consentsPage.withdraw");
  const common = useTranslations("common");
  const toast = useToast();
  const id = useId();
  const [reason, setReason] = useState("");
  const withdraw = useWithdrawConsent(consent.kind, () => {
    toast.show("success", t("done"));
    onClose();
  });
  return (
    <ConfirmDialog
      title={t("title", { title: consent.title })}
      submitLabel={t("submit")}
      danger
      busy={withdraw.isPending}
      error={withdraw.error}
      onConfirm={() => withdraw.mutate(reason.trim())}
      onClose={onClose}
    >
      <Alert tone="warning" title={t("endsTitle")}>
        <p>{consent.effect.ends}</p>
      </Alert>
      <TextArea
        id={id}
        label={t("reason")}
        help={t("reasonHelp")}
        optional={common("optional")}
        maxLength={500}
        rows={3}
        className="[&_textarea]:min-h-24"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </ConfirmDialog>
  );
};
