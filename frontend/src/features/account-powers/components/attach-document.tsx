"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useId, useState } from "react";

import { FileField, type FileLimits, useFileTrouble } from "@/components/form/file-field";
import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";

import { useAttachDocument } from "../mutations";

const LIMITS: FileLimits = {
  types: ["application/pdf", "image/jpeg", "image/png"],
  endings: [".pdf", ".jpg", ".jpeg", ".png"],
  maxBytes: 10 * 1024 * 1024,
};

interface AttachDocumentProps {
  powerId: string;
  onDone: () => void;
  actions?: ReactNode;
}

/** The paper itself: without it a power to sign cannot be checked. */
export const AttachDocument = ({ powerId, onDone, actions }: AttachDocumentProps) => {
  const t = useTranslations("powers.document");
  const missing = useTranslations("account.form.file")("missing");
  const describeTrouble = useFileTrouble(LIMITS);
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  const [trouble, setTrouble] = useState<string>();
  const [percent, setPercent] = useState(0);
  const attach = useAttachDocument(powerId, setPercent, onDone);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (attach.isPending) return;
    const wrong = file ? describeTrouble(file) : missing;
    setTrouble(wrong);
    if (file && !wrong) attach.mutate(file);
    else document.getElementById(id)?.focus();
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <ProblemAlert error={attach.error} />
      <FileField
        id={id}
        label={t("choose")}
        help={t("help")}
        error={trouble}
        limits={LIMITS}
        file={file}
        onFile={(chosen) => {
          setFile(chosen);
          setTrouble(describeTrouble(chosen));
          attach.reset();
        }}
      />
      {attach.isPending && <Progress value={percent} max={100} label={t("sending", { percent })} />}
      <div className="flex flex-col gap-2 sm:flex-row">
        <Button type="submit" busy={attach.isPending}>
          {t("submit")}
        </Button>
        {actions}
      </div>
    </form>
  );
};
