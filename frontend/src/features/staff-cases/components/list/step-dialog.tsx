"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { useToast } from "@/components/ui/toast";
import { codeIn } from "@/lib/story-codes";

import { useMoveCase } from "../../mutations";
import type { StaffCase } from "../../types";
import { MoveDialog, MOVES } from "../page/move-dialog";
import { OneChoice } from "./chip-choices";

const STEPS = ["take", ...MOVES] as const;

interface StepDialogProps {
  detail: StaffCase;
  step?: string;
  today: string;
  onClose: () => void;
}

/** The next step of a case: first which, then what the step asks for. Taking a case asks nothing more. */
export const StepDialog = ({ detail, step, today, onClose }: StepDialogProps) => {
  const t = useTranslations("caseList.step");
  const move = useTranslations("staff.move");
  const toast = useToast();
  const steps = STEPS.filter((name) => detail.allowed_actions.includes(name));
  const wanted = codeIn(steps, step ?? "");
  const [picked, setPicked] = useState(wanted ?? steps[0] ?? "");
  const [opened, setOpened] = useState<string>(wanted && wanted !== "take" ? wanted : "");
  const take = useMoveCase(detail.id, () => {
    toast.show("success", move("take.done"));
    onClose();
  });
  const worded = codeIn(MOVES, opened);
  if (worded) return <MoveDialog detail={detail} move={worded} today={today} onClose={onClose} />;
  return (
    <FormDialog
      title={t("title", { number: detail.number ?? "" })}
      submitLabel={picked === "take" ? move("take.button") : t("next")}
      busy={take.isPending}
      error={take.error}
      onSubmit={() => {
        if (steps.length === 0) onClose();
        else if (picked === "take") take.mutate({ action: "take", version: detail.version });
        else setOpened(picked);
      }}
      onClose={onClose}
    >
      {steps.length === 0 ? (
        <p>{t("none")}</p>
      ) : (
        <fieldset>
          <legend className="text-sm text-muted">{t("choose")}</legend>
          <OneChoice
            choices={steps.map((value) => ({ value, label: move(`${value}.button`) }))}
            value={picked}
            onValue={(value) => setPicked(codeIn(steps, value) ?? "")}
          />
        </fieldset>
      )}
    </FormDialog>
  );
};
