"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { DateInput } from "@/components/ui/masked-inputs";
import { Select, TextArea, TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { parseTypedDate } from "@/lib/dates";
import { isProblem } from "@/lib/problem";

import { type Procedure, type ProcedureAction, useProcedureStep } from "./writes";

interface StepDialogProps {
  caseId: string;
  track: Procedure;
  action: ProcedureAction;
  today: string;
  onClose: () => void;
}

type Field = ProcedureAction["needs"][number];
const DANGER = new Set(["withdraw", "give_up"]);

const useStepForm = ({ caseId, track, action, today, onClose }: StepDialogProps) => {
  const t = useTranslations("procedures");
  const toast = useToast();
  const [values, setValues] = useState<Record<Field, string>>({
    date: "",
    reason: "",
    number: "",
    outcome: "",
  });
  const [local, setLocal] = useState<Partial<Record<Field, string>>>({});
  const send = useProcedureStep(caseId, track.id, () => {
    toast.show("success", t("step.done"));
    onClose();
  });
  const problem = isProblem(send.error) ? send.error : null;
  const faultOf = (field: Field) => local[field] ?? problem?.fieldError(`/${field}`)?.detail;
  const isAsked = (field: Field) => action.needs.includes(field) || action.may.includes(field);

  const check = (day: string | null): Partial<Record<Field, string>> => {
    const found: Partial<Record<Field, string>> = {};
    for (const field of action.needs) if (values[field].trim() === "") found[field] = t(`missing.${field}`);
    if (values.date !== "" && day === null) found.date = t("step.dateWrong");
    if (day !== null && day > today && !action.ahead) found.date = t("step.ahead");
    return found;
  };
  const submit = () => {
    const day = parseTypedDate(values.date);
    const faults = check(day);
    setLocal(faults);
    if (Object.keys(faults).length > 0) return;
    send.mutate({
      action: action.action,
      version: track.version,
      date: day,
      reason: values.reason.trim(),
      number: values.number.trim(),
      outcome: values.outcome,
    });
  };
  const set = (field: Field, value: string) => {
    setValues((before) => ({ ...before, [field]: value }));
    setLocal((before) => ({ ...before, [field]: undefined }));
  };
  const isAtFields = action.needs.concat(action.may).some((field) => problem?.fieldError(`/${field}`));
  return { values, set, faultOf, isAsked, submit, send, isAtFields };
};

/** A step of a procedure: the window asks exactly what the step needs. */
export const StepDialog = (props: StepDialogProps) => {
  const { track, action, onClose } = props;
  const t = useTranslations("procedures");
  const common = useTranslations("common");
  const id = useId();
  const { values, set, faultOf, isAsked, submit, send, isAtFields } = useStepForm(props);
  const optional = (field: Field) => (action.needs.includes(field) ? undefined : common("optional"));
  return (
    <FormDialog
      title={action.label}
      lead={`${track.kind_label}: ${track.state_label}`}
      submitLabel={t("step.submit")}
      danger={DANGER.has(action.action)}
      busy={send.isPending}
      error={send.error}
      isAtFields={isAtFields}
      onSubmit={submit}
      onClose={onClose}
    >
      {isAsked("date") && (
        <DateInput
          id={`${id}-date`}
          label={t(action.ahead ? "field.dateAhead" : "field.date")}
          placeholder={t("field.datePlaceholder")}
          optional={optional("date")}
          error={faultOf("date")}
          value={values.date}
          onValueChange={(value) => set("date", value)}
        />
      )}
      {isAsked("number") && (
        <TextInput
          id={`${id}-number`}
          label={t("field.number")}
          optional={optional("number")}
          error={faultOf("number")}
          maxLength={80}
          autoComplete="off"
          value={values.number}
          onChange={(event) => set("number", event.target.value)}
        />
      )}
      {isAsked("outcome") && (
        <Select
          id={`${id}-outcome`}
          label={t("field.outcome")}
          error={faultOf("outcome")}
          value={values.outcome}
          onChange={(event) => set("outcome", event.target.value)}
        >
          <option value="">{t("field.choose")}</option>
          {action.outcomes.map((choice) => (
            <option key={choice.code} value={choice.code}>
              {choice.label}
            </option>
          ))}
        </Select>
      )}
      {isAsked("reason") && (
        <TextArea
          id={`${id}-reason`}
          label={t("field.reason")}
          optional={optional("reason")}
          error={faultOf("reason")}
          rows={3}
          maxLength={1000}
          value={values.reason}
          onChange={(event) => set("reason", event.target.value)}
        />
      )}
    </FormDialog>
  );
};
