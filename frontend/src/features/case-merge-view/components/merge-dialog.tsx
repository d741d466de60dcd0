"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { RadioCards } from "@/components/ui/choices";

import type { Newer } from "../queries";
import type { Meeting, StoryField } from "../story";
import { useFieldLabel } from "../use-field-label";
import { useShownValue } from "../use-shown-value";

export type Choices = Readonly<Partial<Record<StoryField, "mine" | "theirs">>>;

interface MergeDialogProps {
  newer: Newer;
  meetings: readonly Meeting[];
  busy: boolean;
  error: unknown;
  onSave: (choices: Choices) => void;
  onClose: () => void;
}

/** Mine and theirs side by side for each field that both have changed. Closing keeps what was typed in the form. */
export const MergeDialog = ({ newer, meetings, busy, error, onSave, onClose }: MergeDialogProps) => {
  const t = useTranslations("caseStory.merge");
  const labelOf = useFieldLabel();
  const [choices, setChoices] = useState<Choices>({});
  const whose = (name: string): string => {
    const row = newer.changed.findLast(({ field }) => field === name);
    if (row?.byBorrower) return t("borrowers");
    return row?.by ? t("of", { name: row.by }) : t("theirs");
  };
  const show = useShownValue();
  return (
    <FormDialog
      title={t("title")}
      lead={t("lead")}
      submitLabel={t("save")}
      busy={busy}
      error={error}
      onSubmit={() => onSave(choices)}
      onClose={onClose}
    >
      {meetings.map(({ name, mine, theirs }) => (
        <RadioCards
          key={name}
          id={`merge-${name}`}
          name={`merge-${name}`}
          label={labelOf(name)}
          value={choices[name] ?? "mine"}
          onValueChange={(value) =>
            setChoices((before) => ({ ...before, [name]: value === "theirs" ? "theirs" : "mine" }))
          }
          choices={[
            {
              value: "mine",
              label: <span className="break-words">{show(name, mine)}</span>,
              help: t("mine"),
            },
            {
              value: "theirs",
              label: <span className="break-words">{show(name, theirs)}</span>,
              help: whose(name),
            },
          ]}
        />
      ))}
    </FormDialog>
  );
};
