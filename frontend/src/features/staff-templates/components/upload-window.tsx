"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { Alert } from "@/components/ui/alert";
import { Button, buttonStyles } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { cn } from "@/lib/cn";
import { useProblemText } from "@/lib/use-problem-text";

import { refusedFor } from "../problems";
import { useUpload } from "../queries";
import type { Version } from "../types";
import { ProblemList } from "./problem-list";

const DOCX = ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document";

interface UploadWindowProps {
  title: string;
  place: { code: string; language: string } | { versionId: string; revision: number };
  onDone: (version: Version) => void;
  onClose: () => void;
}

/** Takes a DOCX and says at once everything that has to be mended in it; the next file may be chosen in the same window. */
export const UploadWindow = ({ title, place, onDone, onClose }: UploadWindowProps) => {
  const t = useTranslations("staffTemplates.upload");
  const common = useTranslations("common");
  const describe = useProblemText();
  const id = useId();
  const [name, setName] = useState("");
  const upload = useUpload(place, onDone);
  const problems = refusedFor(upload.error);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const send = (file: File | undefined) => {
    if (!file) return;
    setName(file.name);
    upload.mutate(file);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={t("lead")}
      closeLabel={common("close")}
    >
      {problems.length > 0 ? (
        <>
          <Alert tone="danger" live title={t("refused", { name, count: errors })}>
            <p>{t("mend")}</p>
          </Alert>
          <ProblemList problems={problems} />
        </>
      ) : (
        Boolean(upload.error) && (
          <Alert tone="danger" live>
            {describe(upload.error)}
          </Alert>
        )
      )}
      <div className="flex flex-col gap-2 sm:flex-row-reverse">
        <label
          htmlFor={id}
          aria-busy={upload.isPending || undefined}
          className={cn(
            buttonStyles({ variant: "primary" }),
            "cursor-pointer focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-primary",
            upload.isPending && "pointer-events-none opacity-60",
          )}
        >
          {upload.isPending ? t("checking") : t(problems.length > 0 ? "again" : "choose")}
          <input
            id={id}
            type="file"
            accept={DOCX}
            className="sr-only"
            disabled={upload.isPending}
            onChange={(event) => {
              send(event.target.files?.[0]);
              event.target.value = "";
            }}
          />
        </label>
        <Button variant="secondary" onClick={onClose}>
          {common("cancel")}
        </Button>
      </div>
    </Dialog>
  );
};
