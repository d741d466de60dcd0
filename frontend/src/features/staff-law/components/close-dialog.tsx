"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { ReasonDialog } from "@/components/desk/reason-dialog";
import { DateInput } from "@/components/ui/masked-inputs";
import { parseTypedDate, toTypedDate } from "@/lib/dates";

import { usePropose } from "../queries";
import type { LawChange } from "../types";

interface CloseDialogProps {
  ruleKey: string;
  today: string;
  onMade: (change: LawChange) => void;
  onClose: () => void;
}

/** Propose that a rule is no longer in force from a day; terms that already run keep their days. */
export const CloseDialog = ({ ruleKey, today, onMade, onClose }: CloseDialogProps) => {
  const t = useTranslations("staffLaw.close");
  const errors = useTranslations("desk.errors");
  const id = useId();
  const [day, setDay] = useState(toTypedDate(today));
  const [isWrong, setWrong] = useState(false);
  const propose = usePropose(onMade);
  return (
    <ReasonDialog
      title={t("title")}
      lead={t("lead")}
      label={t("reason")}
      submitLabel={t("submit")}
      mutation={propose}
      onSubmit={(reason) => {
        const valid_to = parseTypedDate(day);
        setWrong(!valid_to);
        if (valid_to) propose.mutate({ kind: "close", rule_key: ruleKey, content: { valid_to }, reason });
      }}
      onClose={onClose}
    >
      <DateInput
        id={id}
        label={t("from")}
        error={isWrong ? errors("missing") : undefined}
        value={day}
        onValueChange={setDay}
      />
    </ReasonDialog>
  );
};
