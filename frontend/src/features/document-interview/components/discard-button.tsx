"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { Button } from "@/components/ui/button";

import { useDiscard } from "../mutations";
import type { DraftDetail } from "../types";

/** Puts the questions aside after asking: the answers are forgotten. */
export const DiscardButton = ({ draft, onDone }: { draft: DraftDetail; onDone: () => void }) => {
  const t = useTranslations("documentInterview.discard");
  const [isAsking, setAsking] = useState(false);
  const discard = useDiscard(draft.id, onDone);
  return (
    <>
      <Button variant="quiet" className="-ml-4" onClick={() => setAsking(true)}>
        {t("button")}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t("title")}
          submitLabel={t("submit")}
          danger
          busy={discard.isPending}
          error={discard.error}
          onConfirm={() => discard.mutate()}
          onClose={() => setAsking(false)}
        >
          <p>{t("text", { title: draft.title })}</p>
        </ConfirmDialog>
      )}
    </>
  );
};
