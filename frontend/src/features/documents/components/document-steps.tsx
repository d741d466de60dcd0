"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import type { DocumentDetail } from "@/api/types";
import { ReasonDialog } from "@/components/desk/reason-dialog";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { useRouter } from "@/lib/i18n/navigation";

import { useRevise, useVoid } from "../mutations";

interface DocumentStepsProps {
  document: DocumentDetail;
  /** Where the questions of the case stand. */
  interviews: string;
}

/** What can be done to a document after it is made; each step asks why. */
export const DocumentSteps = ({ document, interviews }: DocumentStepsProps) => {
  const t = useTranslations("documents.steps");
  const router = useRouter();
  const toast = useToast();
  const [open, setOpen] = useState<"revise" | "void" | null>(null);
  const revise = useRevise(document.id, (draft) => router.push(`${interviews}/${draft.id}`));
  const takeBack = useVoid(document.id, () => {
    setOpen(null);
    toast.show("success", t("voided"));
  });
  const can = (action: string) => document.allowed_actions.includes(action);
  // A signed document stays: another one takes its place.
  const revising = document.signed_at ? "replace" : "revise";
  if (!can("revise") && !can("void")) return null;
  const number = document.number;
  return (
    <div role="group" aria-label={t("name")} className="flex flex-col gap-2 sm:flex-row sm:flex-wrap">
      {can("revise") && (
        <Button variant="secondary" onClick={() => setOpen("revise")}>
          {t(revising)}
        </Button>
      )}
      {can("void") && (
        <Button variant="quiet" onClick={() => setOpen("void")}>
          {t("void")}
        </Button>
      )}
      {open === "revise" && (
        <ReasonDialog
          title={t(`${revising}Title`, { number })}
          lead={t(`${revising}Lead`)}
          label={t("reason")}
          help={t("reasonHelp")}
          submitLabel={t("reviseSubmit")}
          mutation={revise}
          onSubmit={revise.mutate}
          onClose={() => setOpen(null)}
        />
      )}
      {open === "void" && (
        <ReasonDialog
          danger
          title={t("voidTitle", { number })}
          lead={t("voidLead")}
          label={t("reason")}
          help={t("reasonHelp")}
          submitLabel={t("voidSubmit")}
          mutation={takeBack}
          onSubmit={takeBack.mutate}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
};
