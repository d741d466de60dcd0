"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { Panel } from "@/components/desk/panel";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { RadioCards } from "@/components/ui/choices";
import { TextArea } from "@/components/ui/text-input";
import { formatDateTime } from "@/lib/format";
import { useProblemText } from "@/lib/use-problem-text";

import { errorAt, isPlaced } from "@/lib/field-errors";
import { type Assignment, useCaseAct } from "../queries";

const LEVELS = [1, 2, 3, 4] as const;

interface UrgencyProps {
  caseId: string;
  work: Assignment;
}

const RaiseDialog = ({ caseId, work, onClose }: UrgencyProps & { onClose: () => void }) => {
  const t = useTranslations("caseWork");
  const levels = LEVELS.filter((level) => level < work.urgency.computed);
  const [level, setLevel] = useState(String(levels[0] ?? 1));
  const [reason, setReason] = useState("");
  const raise = useCaseAct(caseId, "urgency", onClose);
  return (
    <FormDialog
      title={t("raise")}
      submitLabel={t("raise")}
      busy={raise.isPending}
      error={raise.error}
      isAtFields={isPlaced(raise.error, ["urgency", "reason"])}
      onSubmit={() => raise.mutate({ urgency: Number(level), reason, version: work.version })}
      onClose={onClose}
    >
      <RadioCards
        id="urgency-level"
        name="urgency-level"
        label={t("level")}
        value={level}
        error={errorAt(raise.error, "urgency")}
        choices={levels.map((value) => ({ value: String(value), label: t(`levels.${value}`) }))}
        onValueChange={setLevel}
      />
      <TextArea
        id="urgency-reason"
        label={t("why")}
        rows={3}
        maxLength={500}
        value={reason}
        error={errorAt(raise.error, "reason")}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
};

/** How urgent the case is by its story, and who holds it more urgent and why. */
export const UrgencyPanel = ({ caseId, work }: UrgencyProps) => {
  const t = useTranslations("caseWork");
  const locale = useLocale();
  const describe = useProblemText();
  const [isRaising, setRaising] = useState(false);
  const lower = useCaseAct(caseId, "urgency", () => undefined);
  const { urgency } = work;
  const may = work.allowed_actions.includes("raise_urgency");
  const levelOf = (level: number) => t(`levels.${LEVELS.find((one) => one === level) ?? 4}`);
  return (
    <Panel title={t("urgency")}>
      <p>
        <span className="font-medium">{levelOf(urgency.effective)}</span>
        {urgency.raised !== null && `. ${t("computed", { level: levelOf(urgency.computed) })}`}
      </p>
      {urgency.held && (
        <p className="text-muted">
          {t("raisedBy", {
            name: urgency.held.by,
            at: formatDateTime(urgency.held.at, locale),
            reason: urgency.held.reason,
          })}
        </p>
      )}
      {may && (
        <div className="flex flex-wrap gap-2">
          {urgency.computed > 1 && (
            <Button size="dense" variant="secondary" onClick={() => setRaising(true)}>
              {t("raise")}
            </Button>
          )}
          {urgency.raised !== null && (
            <Button
              size="dense"
              variant="quiet"
              busy={lower.isPending}
              onClick={() => lower.mutate({ urgency: null, reason: "", version: work.version })}
            >
              {t("lower")}
            </Button>
          )}
        </div>
      )}
      {lower.error && (
        <Alert tone="danger" live>
          {describe(lower.error)}
        </Alert>
      )}
      {isRaising && <RaiseDialog caseId={caseId} work={work} onClose={() => setRaising(false)} />}
    </Panel>
  );
};
