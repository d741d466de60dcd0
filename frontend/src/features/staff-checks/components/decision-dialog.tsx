"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { ReasonDialog } from "@/components/desk/reason-dialog";
import { Alert } from "@/components/ui/alert";
import { useToast } from "@/components/ui/toast";
import { hasCode } from "@/lib/problem";

import { useDecide } from "../mutations";
import type { Decision } from "../types";

interface DecisionDialogProps {
  of: "specialists" | "powers";
  id: string;
  name: string;
  decision: Decision;
  version?: number;
  onClose: () => void;
}

/** Approves, or sends back with words that the person will read. What changed meanwhile has to be looked at again. */
export const DecisionDialog = ({ of, id, name, decision, version, onClose }: DecisionDialogProps) => {
  const t = useTranslations("staffChecks.decision");
  const desk = useTranslations("desk");
  const toast = useToast();
  const [looked, setLooked] = useState(version);
  const decide = useDecide(of, id, decision, () => {
    toast.show("success", t(`${decision}.done`));
    onClose();
  });
  const isStale = hasCode(decide.error, "specialist.changed_meanwhile");
  return (
    <ReasonDialog
      title={t(`${decision}.title`, { name })}
      lead={t(`${of}.${decision === "suspend" ? "reject" : decision}`)}
      label={t("note")}
      help={decision === "approve" ? undefined : t("noteHelp")}
      field="note"
      isOptional={decision === "approve"}
      submitLabel={t(`${decision}.submit`)}
      danger={decision !== "approve"}
      mutation={decide}
      onSubmit={(note) => {
        const next = isStale ? version : looked;
        setLooked(next);
        decide.mutate({ note, ...(next === undefined ? {} : { version: next }) });
      }}
      onClose={onClose}
      notice={
        isStale ? (
          <Alert tone="warning" title={desk("changedTitle")} live>
            <p>{desk("changedText")}</p>
          </Alert>
        ) : undefined
      }
    />
  );
};
