"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { TextArea } from "@/components/ui/text-input";

import { errorAt, isPlaced } from "@/lib/field-errors";
import { type Assignment, useCaseAct } from "../queries";

interface GiveBackDialogProps {
  caseId: string;
  work: Assignment;
  onClose: () => void;
}

export const GiveBackDialog = ({ caseId, work, onClose }: GiveBackDialogProps) => {
  const t = useTranslations("caseWork");
  const [words, setWords] = useState("");
  const give = useCaseAct(caseId, "give-back", onClose);
  return (
    <FormDialog
      title={t("giveBack")}
      lead={t("giveBackLead")}
      submitLabel={t("giveBack")}
      busy={give.isPending}
      error={give.error}
      isAtFields={isPlaced(give.error, ["words"])}
      onSubmit={() => give.mutate({ words, version: work.version })}
      onClose={onClose}
    >
      <TextArea
        id="give-back-words"
        label={t("why")}
        rows={3}
        maxLength={1000}
        value={words}
        error={errorAt(give.error, "words")}
        onChange={(event) => setWords(event.target.value)}
      />
    </FormDialog>
  );
};
