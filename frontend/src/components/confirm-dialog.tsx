"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

interface ConfirmDialogProps {
  title: string;
  /** Names the thing and says what follows. */
  children: ReactNode;
  submitLabel: string;
  danger?: boolean;
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks once more before something that cannot be undone by a press. */
export const ConfirmDialog = ({
  title,
  children,
  submitLabel,
  danger = false,
  busy,
  error,
  onConfirm,
  onClose,
}: ConfirmDialogProps) => {
  const t = useTranslations("common");
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title} closeLabel={t("close")}>
      <div className="flex flex-col gap-3">{children}</div>
      <ProblemAlert error={error} />
      <div className="flex flex-col gap-2 sm:flex-row-reverse">
        <Button variant={danger ? "danger" : "primary"} busy={busy} onClick={onConfirm}>
          {submitLabel}
        </Button>
        <Button variant="secondary" onClick={onClose}>
          {t("cancel")}
        </Button>
      </div>
    </Dialog>
  );
};
