"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { RadioCards } from "@/components/ui/choices";
import { Dialog } from "@/components/ui/dialog";

import type { DebtChoice, KindRow } from "../types";

interface DebtDialogProps {
  kind: KindRow;
  debts: readonly DebtChoice[];
  busy: boolean;
  error: unknown;
  onChoose: (debtId: string) => void;
  onClose: () => void;
}

/** About which debt the document is to be. */
export const DebtDialog = ({ kind, debts, busy, error, onChoose, onClose }: DebtDialogProps) => {
  const t = useTranslations("documentInterview.debt");
  const common = useTranslations("common");
  const [chosen, setChosen] = useState("");
  const [isMissing, setMissing] = useState(false);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={kind.title}
      description={t("lead")}
      closeLabel={common("close")}
    >
      <ProblemAlert error={error} />
      <RadioCards
        id="interview-debt"
        name="debt"
        label={t("label")}
        error={isMissing && !chosen ? t("missing") : undefined}
        value={chosen}
        choices={debts.map(({ id, label }) => ({ value: id, label }))}
        onValueChange={setChosen}
      />
      <div className="flex flex-col gap-2 sm:flex-row-reverse">
        <Button busy={busy} onClick={() => (chosen ? onChoose(chosen) : setMissing(true))}>
          {t("submit")}
        </Button>
        <Button variant="secondary" onClick={onClose}>
          {common("cancel")}
        </Button>
      </div>
    </Dialog>
  );
};
