"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

import { type NextStep, type Procedure, useOpenProcedure } from "./writes";

const Choice = ({ caseId, step }: { caseId: string; step: NextStep }) => {
  const t = useTranslations("procedures.next");
  const toast = useToast();
  const [isAsking, setAsking] = useState(false);
  const open = useOpenProcedure(caseId, () => {
    setAsking(false);
    toast.show("success", t("done"));
  });
  return (
    <li className="flex flex-col gap-2 rounded-field border border-line p-3">
      <p className="flex flex-wrap items-center gap-2 font-medium text-ink">
        {step.kind_label}
        {step.free && <Badge tone="success">{t("free")}</Badge>}
      </p>
      <p className="text-sm">{step.why}</p>
      <Button variant="secondary" size="dense" className="self-start" onClick={() => setAsking(true)}>
        {t("choose")}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t("confirmTitle", { procedure: step.kind_label })}
          submitLabel={t("choose")}
          busy={open.isPending}
          error={open.error}
          onConfirm={() => open.mutate({ kind: step.kind, obligation_id: step.obligation_id, reason: "" })}
          onClose={() => setAsking(false)}
        >
          <p>{t(step.free ? "confirmFree" : "confirmText")}</p>
        </ConfirmDialog>
      )}
    </li>
  );
};

/** What may follow where a procedure did not help: the reason for each, and that it is free where it is. */
export const NextSteps = ({ caseId, track }: { caseId: string; track: Procedure }) => {
  const t = useTranslations("procedures.next");
  if (track.next_steps.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      <h4 className="font-semibold text-ink">{t("title")}</h4>
      <p className="text-sm text-muted">{t("lead")}</p>
      <ul className="flex flex-col gap-2">
        {track.next_steps.map((step) => (
          <Choice key={step.kind} caseId={caseId} step={step} />
        ))}
      </ul>
    </div>
  );
};
