"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { Badge } from "@/components/ui/badge";
import { RadioCards } from "@/components/ui/choices";
import { TextArea } from "@/components/ui/text-input";

import { errorAt, isPlaced } from "@/lib/field-errors";
import { type Assignment, useCaseAct } from "../queries";

interface HandOverDialogProps {
  caseId: string;
  work: Assignment;
  onClose: () => void;
}

/** Whom to give the case to: managers with the reasons for each, the best first, and words that only staff read. */
export const HandOverDialog = ({ caseId, work, onClose }: HandOverDialogProps) => {
  const t = useTranslations("caseWork");
  const best = work.suggestions.find((item) => item.best);
  const [person, setPerson] = useState(best?.person.id ?? "");
  const [words, setWords] = useState("");
  const give = useCaseAct(caseId, "hand-over", onClose);
  return (
    <FormDialog
      title={t(work.assignee ? "handOver" : "assign")}
      submitLabel={t(work.assignee ? "handOver" : "assign")}
      busy={give.isPending}
      error={give.error}
      isAtFields={isPlaced(give.error, ["assignee_id", "words"])}
      onSubmit={() => give.mutate({ assignee_id: person, words, version: work.version })}
      onClose={onClose}
    >
      <RadioCards
        id="hand-over-person"
        name="hand-over-person"
        label={t("toWhom")}
        error={errorAt(give.error, "assignee_id")}
        value={person}
        onValueChange={setPerson}
        choices={work.suggestions.map((item) => ({
          value: item.person.id,
          label: (
            <span className="flex flex-wrap items-center gap-2">
              {item.person.full_name}
              {item.best && <Badge tone="success">{t("best")}</Badge>}
              {!item.free && <Badge tone="warning">{t("notFree")}</Badge>}
            </span>
          ),
          help: item.reasons.join(", "),
        }))}
      />
      <TextArea
        id="hand-over-words"
        label={t("words")}
        help={t("wordsHelp")}
        rows={3}
        maxLength={1000}
        value={words}
        error={errorAt(give.error, "words")}
        onChange={(event) => setWords(event.target.value)}
      />
    </FormDialog>
  );
};
