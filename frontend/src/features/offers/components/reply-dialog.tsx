"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { Comparison } from "@/components/offers/comparison";
import { errorAt, isPlaced } from "@/lib/field-errors";
import type { CreditorAnswer } from "@/components/offers/types";
import { TextArea } from "@/components/ui/text-input";

import { useReply } from "../queries";

interface ReplyDialogProps {
  caseId: string;
  answer: CreditorAnswer;
  kind: "accept" | "decline";
  onClose: () => void;
}

/** Accepting or declining an offer; both are asked once more, with what it means. */
export const ReplyDialog = ({ caseId, answer, kind, onClose }: ReplyDialogProps) => {
  const t = useTranslations(`offers.reply.${kind}`);
  const common = useTranslations("common");
  const id = useId();
  const [words, setWords] = useState("");
  const reply = useReply(caseId, answer.id, onClose);
  return (
    <FormDialog
      title={t("title")}
      lead={t("lead")}
      submitLabel={t("submit")}
      danger={kind === "decline"}
      busy={reply.isPending}
      error={reply.error}
      isAtFields={isPlaced(reply.error, ["words"])}
      onSubmit={() => reply.mutate({ kind, words, terms: null })}
      onClose={onClose}
    >
      {kind === "accept" && answer.after && <Comparison before={answer.before} after={answer.after} />}
      <TextArea
        id={id}
        label={t("words")}
        optional={common("optional")}
        error={errorAt(reply.error, "words")}
        rows={2}
        maxLength={2000}
        className="[&_textarea]:min-h-20"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
    </FormDialog>
  );
};
