"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextArea } from "@/components/ui/text-input";
import { useProblemText } from "@/lib/use-problem-text";

import { useDeclineSignature } from "../mutations";

interface DeclineDialogProps {
  requestId: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDeclined: () => void;
}

/** Saying no takes as little as saying yes; a reason helps to mend the letter and may stay empty. */
export const DeclineDialog = ({ requestId, open, onOpenChange, onDeclined }: DeclineDialogProps) => {
  const t = useTranslations("signing.decline");
  const common = useTranslations("common");
  const describe = useProblemText();
  const [reason, setReason] = useState("");
  const decline = useDeclineSignature(requestId);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!decline.isPending) decline.mutate(reason.trim(), { onSuccess: onDeclined });
  };

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("title")}
      description={t("text")}
      closeLabel={common("close")}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {decline.error && (
          <Alert tone="danger" live>
            {describe(decline.error)}
          </Alert>
        )}
        <TextArea
          id="decline-reason"
          label={t("reason")}
          help={t("reasonHelp")}
          optional={common("optional")}
          maxLength={1000}
          rows={3}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <div className="flex flex-col gap-2 sm:flex-row">
          <Button type="submit" busy={decline.isPending}>
            {t("confirm")}
          </Button>
          <Button variant="secondary" onClick={() => onOpenChange(false)}>
            {t("keep")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
