"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FileField, type FileLimits, useFileTrouble } from "@/components/form/file-field";
import { ProblemAlert } from "@/components/problem-alert";
import { Progress } from "@/components/ui/progress";
import { useToast } from "@/components/ui/toast";

import { useAttachProof } from "../mutations";
import type { Specialist } from "../types";

const LIMITS: FileLimits = {
  types: ["application/pdf", "image/jpeg", "image/png"],
  endings: [".pdf", ".jpg", ".jpeg", ".png"],
  maxBytes: 10 * 1024 * 1024,
};

/** The licence or the extract: sent as soon as it is chosen, so that there is no second button to forget. */
export const ProofForm = ({ entry }: { entry: Specialist }) => {
  const t = useTranslations("specialist.proof");
  const toast = useToast();
  const describeTrouble = useFileTrouble(LIMITS);
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  const [trouble, setTrouble] = useState<string>();
  const [percent, setPercent] = useState(0);
  const attach = useAttachProof(entry.kind, setPercent, () => {
    setFile(null);
    toast.show("success", t("done"));
  });
  const choose = (chosen: File) => {
    const wrong = describeTrouble(chosen);
    setFile(chosen);
    setTrouble(wrong);
    attach.reset();
    setPercent(0);
    if (!wrong && !attach.isPending) attach.mutate(chosen);
  };
  return (
    <div className="flex flex-col gap-3">
      <h3 className="font-medium text-ink">{t(`title.${entry.kind}`)}</h3>
      {entry.has_proof && !file && <p className="text-text">{t("has")}</p>}
      <ProblemAlert error={attach.error} />
      <FileField
        id={id}
        label={t(entry.has_proof ? "replace" : "choose")}
        help={t("help")}
        error={trouble}
        limits={LIMITS}
        file={file}
        onFile={choose}
      />
      {attach.isPending && <Progress value={percent} max={100} label={t("sending", { percent })} />}
    </div>
  );
};
