"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { CopyField } from "@/components/desk/copy-field";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

export interface Shown {
  clientId: string;
  /** Empty for a public program. */
  secret: string;
}

/** The one time that a secret is seen: a press beside or Escape asks once more before it is lost for good. */
export const SecretDialog = ({ shown, onClose }: { shown: Shown; onClose: () => void }) => {
  const t = useTranslations("programs.secret");
  const common = useTranslations("common");
  const [isWarned, setWarned] = useState(false);
  const leave = () => (shown.secret && !isWarned ? setWarned(true) : onClose());
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && leave()}
      title={t("title")}
      closeLabel={common("close")}
    >
      {shown.secret && (
        <Alert key={String(isWarned)} tone={isWarned ? "danger" : "warning"} live>
          {t(isWarned ? "sure" : "once")}
        </Alert>
      )}
      <CopyField label={t("clientId")} value={shown.clientId} />
      {shown.secret && <CopyField label={t("secret")} value={shown.secret} />}
      <Button onClick={onClose}>{t(shown.secret ? "saved" : "close")}</Button>
    </Dialog>
  );
};
