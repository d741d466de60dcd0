"use client";

import { useTranslations } from "next-intl";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { useToast } from "@/components/ui/toast";

interface RemovalDialogProps {
  of: "connections" | "email" | "factors" | "programs";
  /** What is removed, as the person knows it. */
  name: string;
  removal: { isPending: boolean; error: unknown };
  onConfirm: (options: { onSuccess: () => void }) => void;
  onClose: () => void;
}

/** Asks before a way into the account, or the access of somebody else, is taken away. */
export const RemovalDialog = ({ of, name, removal, onConfirm, onClose }: RemovalDialogProps) => {
  const t = useTranslations(`security.${of}.remove`);
  const toast = useToast();
  return (
    <ConfirmDialog
      title={t("title")}
      submitLabel={t("submit")}
      danger
      busy={removal.isPending}
      error={removal.error}
      onConfirm={() =>
        onConfirm({
          onSuccess: () => {
            toast.show("success", t("done"));
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      <p>{t("text", { name })}</p>
    </ConfirmDialog>
  );
};
