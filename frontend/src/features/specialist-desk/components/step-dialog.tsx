"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { errorAt, isPlaced } from "@/lib/field-errors";
import { DateInput } from "@/components/ui/masked-inputs";
import { Select, TextArea, TextInput } from "@/components/ui/text-input";
import { parseTypedDate, todayInAlmaty, toTypedDate } from "@/lib/dates";

import { type DeskProcedure, useDeskPost } from "../queries";

interface StepDialogProps {
  procedure: DeskProcedure;
  step: DeskProcedure["allowed_actions"][number];
  onClose: () => void;
}

/** A step of a procedure with what it must be told: day, number, words, outcome. */
export const StepDialog = ({ procedure, step, onClose }: StepDialogProps) => {
  const t = useTranslations("specialistDesk.step");
  const common = useTranslations("common");
  const id = useId();
  const [day, setDay] = useState(() =>
    step.needs.includes("date") && !step.ahead ? toTypedDate(todayInAlmaty()) : "",
  );
  const [number, setNumber] = useState("");
  const [reason, setReason] = useState("");
  const [outcome, setOutcome] = useState("");
  const move = useDeskPost<object>(`/tracks/${procedure.id}/move/`, onClose);
  const asks = (need: "date" | "number" | "reason" | "outcome") =>
    step.needs.includes(need) || step.may.includes(need);
  const optional = (need: "date" | "number" | "reason" | "outcome") =>
    step.needs.includes(need) ? undefined : common("optional");
  return (
    <FormDialog
      title={step.label}
      lead={`${procedure.case_number} · ${procedure.borrower_name}`}
      submitLabel={t("submit")}
      busy={move.isPending}
      error={move.error}
      isAtFields={isPlaced(move.error, ["date", "number", "reason", "outcome"])}
      onSubmit={() =>
        move.mutate({
          action: step.action,
          version: procedure.version,
          date: day ? (parseTypedDate(day) ?? day) : null,
          number,
          reason,
          outcome,
        })
      }
      onClose={onClose}
    >
      {asks("date") && (
        <DateInput
          id={`${id}-date`}
          label={t("date")}
          optional={optional("date")}
          error={errorAt(move.error, "date")}
          value={day}
          onValueChange={setDay}
        />
      )}
      {asks("number") && (
        <TextInput
          id={`${id}-number`}
          label={t("number")}
          optional={optional("number")}
          width="medium"
          maxLength={80}
          error={errorAt(move.error, "number")}
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
      )}
      {step.outcomes.length > 0 && asks("outcome") && (
        <Select
          id={`${id}-outcome`}
          label={t("outcome")}
          optional={optional("outcome")}
          error={errorAt(move.error, "outcome")}
          value={outcome}
          onChange={(event) => setOutcome(event.target.value)}
        >
          <option value="">{t("choose")}</option>
          {step.outcomes.map(({ code, label }) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </Select>
      )}
      {asks("reason") && (
        <TextArea
          id={`${id}-reason`}
          label={t("reason")}
          optional={optional("reason")}
          error={errorAt(move.error, "reason")}
          rows={3}
          maxLength={1000}
          className="[&_textarea]:min-h-20"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
    </FormDialog>
  );
};
