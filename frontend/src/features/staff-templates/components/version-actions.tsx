"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { ReasonDialog } from "@/components/desk/reason-dialog";
import { Button, buttonStyles } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { apiUrl } from "@/lib/api-client";

import { type Step, useStep } from "../queries";
import type { Version } from "../types";
import { DayDialog } from "./day-dialog";
import { UploadWindow } from "./upload-window";

const STEPS = ["propose", "approve", "reject", "withdraw"] as const;
const LOUD: Partial<Record<Step, "primary">> = { propose: "primary", approve: "primary" };

interface VersionActionsProps {
  version: Version;
  today: string;
}

/** What the reader may do with the edition now; the server says which. */
export const VersionActions = ({ version, today }: VersionActionsProps) => {
  const t = useTranslations("staffTemplates");
  const toast = useToast();
  const [step, setStep] = useState<Step | "file" | null>(null);
  const close = () => setStep(null);
  return (
    <>
      <a
        href={apiUrl(`/staff/templates/versions/${version.id}/file/`)}
        download
        className={buttonStyles({ variant: "secondary", size: "dense", className: "max-sm:min-h-11" })}
      >
        <Download aria-hidden className="size-4" />
        {t("download")}
      </a>
      {version.allowed_actions.includes("edit") && (
        <Button variant="secondary" size="dense" className="max-sm:min-h-11" onClick={() => setStep("file")}>
          {t("upload.replace")}
        </Button>
      )}
      {STEPS.filter((name) => version.allowed_actions.includes(name)).map((name) => (
        <Button
          key={name}
          variant={LOUD[name] ?? "secondary"}
          size="dense"
          className="max-sm:min-h-11"
          onClick={() => setStep(name)}
        >
          {t(`step.${name}.button`)}
        </Button>
      ))}
      {step === "file" && (
        <UploadWindow
          title={t("upload.replace")}
          place={{ versionId: version.id, revision: version.revision }}
          onDone={() => {
            toast.show("success", t("upload.replaced"));
            close();
          }}
          onClose={close}
        />
      )}
      {step && step !== "file" && <StepWindow version={version} step={step} today={today} onClose={close} />}
    </>
  );
};

interface StepWindowProps extends VersionActionsProps {
  step: Step;
  onClose: () => void;
}

const StepWindow = ({ version, step, today, onClose }: StepWindowProps) => {
  const t = useTranslations("staffTemplates.step");
  const toast = useToast();
  const write = useStep(version, step, () => {
    toast.show("success", t(`${step}.done`));
    onClose();
  });
  const shared = { title: t(`${step}.title`), submitLabel: t(`${step}.button`), onClose };
  if (step === "propose" || step === "approve") {
    return (
      <DayDialog
        {...shared}
        lead={t(`${step}.lead`)}
        noteLabel={t(`${step}.note`)}
        isNoteOptional={step === "approve"}
        note={step === "propose" ? version.note : ""}
        day={version.effective_from ?? ""}
        today={today}
        mutation={write}
        onSubmit={write.mutate}
      />
    );
  }
  if (step === "reject") {
    return (
      <ReasonDialog
        {...shared}
        lead={t("reject.lead")}
        label={t("reject.note")}
        field="note"
        mutation={write}
        onSubmit={(note) => write.mutate({ note })}
      />
    );
  }
  return (
    <ConfirmDialog {...shared} busy={write.isPending} error={write.error} onConfirm={() => write.mutate({})}>
      <p>{t("withdraw.lead")}</p>
    </ConfirmDialog>
  );
};
