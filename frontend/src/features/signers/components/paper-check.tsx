"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import type { RoundSigner } from "@/api/signing";
import type { PreviewPage } from "@/api/types";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { ReasonDialog } from "@/components/desk/reason-dialog";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { OpenFile } from "@/components/viewer/open-file";
import { formatDateTime } from "@/lib/format";

import { useConfirmPaper, useRefusePaper } from "../mutations";
import { PaperCompare } from "./paper-compare";

interface PaperCheckProps {
  documentId: string;
  pages: readonly PreviewPage[];
  signer: RoundSigner;
}

/** Somebody compares the photo with the document: only then a signature by hand counts. */
export const PaperCheck = ({ documentId, pages, signer }: PaperCheckProps) => {
  const t = useTranslations("signers.paper");
  const locale = useLocale();
  const toast = useToast();
  const [open, setOpen] = useState<"confirm" | "refuse" | null>(null);
  const confirm = useConfirmPaper(documentId, signer.id);
  const refuse = useRefusePaper(documentId, signer.id);
  const close = () => setOpen(null);
  const { name } = signer.person;
  if (!signer.paper) return null;
  return (
    <div className="flex flex-col gap-3 rounded-card bg-info-soft p-4">
      <p className="text-ink">{t("come", { when: formatDateTime(signer.paper.handed_in_at, locale) })}</p>
      <OpenFile
        fileId={signer.paper.file_id}
        label={t("look")}
        title={t("title", { name })}
        describedAs={t("lookWho", { name })}
      />
      <PaperCompare fileId={signer.paper.file_id} pages={pages} />
      <p className="measure text-sm text-text">{t("rule")}</p>
      <div className="flex flex-col gap-2 sm:flex-row">
        <Button onClick={() => setOpen("confirm")}>{t("confirm")}</Button>
        <Button variant="secondary" onClick={() => setOpen("refuse")}>
          {t("refuse")}
        </Button>
      </div>
      {open === "confirm" && (
        <ConfirmDialog
          title={t("confirmTitle")}
          submitLabel={t("confirm")}
          busy={confirm.isPending}
          error={confirm.error}
          onConfirm={() =>
            confirm.mutate(undefined, {
              onSuccess: () => {
                close();
                toast.show("success", t("confirmed", { name }));
              },
            })
          }
          onClose={close}
        >
          <p>{t("confirmText", { name })}</p>
        </ConfirmDialog>
      )}
      {open === "refuse" && (
        <ReasonDialog
          title={t("refuseTitle")}
          lead={t("refuseLead")}
          label={t("reason")}
          help={t("reasonHelp")}
          submitLabel={t("refuseSubmit")}
          mutation={refuse}
          onSubmit={(reason) =>
            refuse.mutate(reason, {
              onSuccess: () => {
                close();
                toast.show("success", t("refused", { name }));
              },
            })
          }
          onClose={close}
        />
      )}
    </div>
  );
};
