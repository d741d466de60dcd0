"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { hasCode } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

import { useAssignCase, useMoveCase } from "../../mutations";
import { managersQuery } from "../../queries";
import { openableKinds } from "../../openable";
import type { StaffCase } from "../../types";
import { AssignDialog } from "./assign-dialog";
import { MoveDialog, type MoveName, MOVES } from "./move-dialog";

interface CaseActionsProps {
  detail: StaffCase;
  userId: string;
  today: string;
}

/** Steps that need no words happen at once. */
const useQuickSteps = (detail: StaffCase) => {
  const t = useTranslations("staff");
  const describe = useProblemText();
  const toast = useToast();
  const take = useMoveCase(detail.id, () => toast.show("success", t("move.take.done")));
  const assign = useAssignCase(detail.id, () => toast.show("success", t("assign.done")));
  const onError = (error: unknown) =>
    toast.show("danger", hasCode(error, "case.changed_meanwhile") ? t("case.changedQuick") : describe(error));
  return {
    isTaking: take.isPending,
    take: () => take.mutate({ action: "take", version: detail.version }, { onError }),
    isAssigning: assign.isPending,
    assignTo: (userId: string) =>
      assign.mutate({ assignee_id: userId, version: detail.version }, { onError }),
  };
};

/** Buttons for what this person may do with this case now, as the API says; nothing else is shown. */
export const CaseActions = ({ detail, userId, today }: CaseActionsProps) => {
  const t = useTranslations("staff");
  const [open, setOpen] = useState<MoveName | "assign" | null>(null);
  const steps = useQuickSteps(detail);
  const { data: managers } = useQuery(managersQuery);
  const may = (action: string) => detail.allowed_actions.includes(action);
  // Starting the work opens the chosen procedures as well: two buttons for one thing would be one too many.
  const canOpen = !may("activate") && openableKinds(detail).size > 0;
  const moves = MOVES.filter((move) => may(move) && (move !== "open_track" || canOpen));
  const isManager = managers?.items.some((person) => person.id === userId) ?? false;
  const canTakeOver = may("assign") && !may("take") && isManager && detail.assignee === null;
  // Who knows a case from the common list only may take it, but not hand it to others.
  const canGiveAway = may("assign") && !detail.masked;
  const close = () => setOpen(null);
  return (
    <div className="flex flex-wrap gap-2">
      {may("take") && (
        <Button size="dense" busy={steps.isTaking} onClick={steps.take}>
          {t("move.take.button")}
        </Button>
      )}
      {canTakeOver && (
        <Button size="dense" busy={steps.isAssigning} onClick={() => steps.assignTo(userId)}>
          {t("assign.toMe")}
        </Button>
      )}
      {moves.map((move) => (
        <Button
          key={move}
          size="dense"
          variant={move === "activate" && !canTakeOver ? "primary" : "secondary"}
          onClick={() => setOpen(move)}
        >
          {t(`move.${move}.button`)}
        </Button>
      ))}
      {canGiveAway && (
        <Button size="dense" variant="secondary" onClick={() => setOpen("assign")}>
          {t("assign.button")}
        </Button>
      )}
      {open === "assign" && <AssignDialog detail={detail} userId={userId} onClose={close} />}
      {open && open !== "assign" && <MoveDialog detail={detail} move={open} today={today} onClose={close} />}
    </div>
  );
};
