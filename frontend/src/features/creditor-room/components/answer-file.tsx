"use client";

import { Paperclip, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";

import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { useProblemText } from "@/lib/use-problem-text";

import { useUpload } from "../mutations";

interface AnswerFileProps {
  id: string;
  name: string;
  error?: string;
  onFile: (fileId: string | null, name: string) => void;
}

/** A file that goes with the answer: the signed letter of the creditor, its own schedule. */
export const AnswerFile = ({ id, name, error, onFile }: AnswerFileProps) => {
  const t = useTranslations("room.answer.file");
  const describe = useProblemText();
  const input = useRef<HTMLInputElement>(null);
  const upload = useUpload();
  const said = error ?? (upload.error ? describe(upload.error) : undefined);
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium text-ink">{t("label")}</p>
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="secondary" busy={upload.isPending} onClick={() => input.current?.click()}>
          <Paperclip aria-hidden className="size-4" />
          {name ? t("another") : t("choose")}
        </Button>
        {name && (
          <span className="flex min-w-0 items-center gap-1">
            <span className="truncate">{name}</span>
            <Button variant="quiet" size="dense" aria-label={t("remove")} onClick={() => onFile(null, "")}>
              <X aria-hidden className="size-4" />
            </Button>
          </span>
        )}
      </div>
      <input
        ref={input}
        id={id}
        type="file"
        accept=".pdf,.jpg,.jpeg,.png,.docx"
        aria-label={t("label")}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) upload.mutate(file, { onSuccess: (kept) => onFile(kept.id, kept.name) });
        }}
      />
      {said && <FieldError id={id}>{said}</FieldError>}
    </div>
  );
};
