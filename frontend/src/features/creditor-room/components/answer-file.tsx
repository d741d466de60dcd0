"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";
import { ANSWER_RULES } from "@/components/upload/rules";
import { Uploader } from "@/components/upload/uploader";

import { useUpload } from "../mutations";

interface AnswerFileProps {
  /** What the answer is about, so that an unfinished file is found again there. */
  slot: string;
  name: string;
  error?: string;
  onFile: (fileId: string | null, name: string) => void;
}

/** A file that goes with the answer: the signed letter of the creditor, its own schedule. */
export const AnswerFile = ({ slot, name, error, onFile }: AnswerFileProps) => {
  const t = useTranslations("room.answer.file");
  const upload = useUpload();
  const attach = async (uploadId: string) => {
    const kept = await upload.mutateAsync(uploadId);
    onFile(kept.id, kept.name);
  };
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium text-ink">{t("label")}</p>
      {name && (
        <p className="flex min-w-0 items-center gap-1">
          <span className="truncate">{name}</span>
          <Button variant="quiet" size="dense" aria-label={t("remove")} onClick={() => onFile(null, "")}>
            <X aria-hidden className="size-4" />
          </Button>
        </p>
      )}
      <Uploader
        slot={slot}
        label={name ? t("another") : t("choose")}
        fileLabel={t("label")}
        rules={ANSWER_RULES}
        attach={attach}
        shotsName={t("label")}
        error={error}
      />
    </div>
  );
};
