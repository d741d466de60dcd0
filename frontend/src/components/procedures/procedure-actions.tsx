"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";

import { StepDialog } from "./step-dialog";
import type { Procedure, ProcedureAction } from "./writes";

interface ProcedureActionsProps {
  caseId: string;
  track: Procedure;
  today: string;
  /** Steps that stand in the way of nothing and are kept apart: stopping, giving up. */
  isQuiet?: (action: ProcedureAction) => boolean;
}

const stops = (action: ProcedureAction) => action.action === "withdraw" || action.action === "give_up";

/** Buttons of the steps that this reader may make, each with a window that asks what the step needs. */
export const ProcedureActions = ({ caseId, track, today, isQuiet = stops }: ProcedureActionsProps) => {
  const [chosen, setChosen] = useState<ProcedureAction | null>(null);
  if (track.allowed_actions.length === 0) return null;
  const ordered = [...track.allowed_actions].sort((a, b) => Number(isQuiet(a)) - Number(isQuiet(b)));
  return (
    <div className="flex flex-wrap gap-2">
      {ordered.map((action) => (
        <Button
          key={action.action}
          variant={isQuiet(action) ? "quiet" : "secondary"}
          size="dense"
          onClick={() => setChosen(action)}
        >
          {action.label}
        </Button>
      ))}
      {chosen && (
        <StepDialog
          caseId={caseId}
          track={track}
          action={chosen}
          today={today}
          onClose={() => setChosen(null)}
        />
      )}
    </div>
  );
};
