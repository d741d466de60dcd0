"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { type ProcedureCase, useOpenProcedure } from "@/components/procedures/writes";
import { Select, TextArea } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { isProblem } from "@/lib/problem";

/** Every kind, the most pressing first, as the case itself orders them. */
export const KINDS = [
  "NOTARY_OBJECTION",
  "COURT_SUPPORT",
  "COLLECTOR_COMPLAINT",
  "OMBUDSMAN",
  "REGULATOR",
  "RESTRUCTURING",
  "MEDIATION",
  "BANKRUPTCY_EXTRAJUDICIAL",
  "SOLVENCY_RESTORATION",
  "BANKRUPTCY_JUDICIAL",
  "CONSULTATION",
] as const;
const CASE_WIDE: ReadonlySet<string> = new Set([
  "BANKRUPTCY_EXTRAJUDICIAL",
  "SOLVENCY_RESTORATION",
  "BANKRUPTCY_JUDICIAL",
  "CONSULTATION",
]);

interface OpenDialogProps {
  detail: ProcedureCase;
  onClose: () => void;
}

/** Opens a procedure that the rules did not propose, with the words why. */
export const OpenDialog = ({ detail, onClose }: OpenDialogProps) => {
  const t = useTranslations("procedures");
  const toast = useToast();
  const id = useId();
  const [kind, setKind] = useState("");
  const [debt, setDebt] = useState(detail.obligations.length === 1 ? (detail.obligations[0]?.id ?? "") : "");
  const [reason, setReason] = useState("");
  const [isChecked, setChecked] = useState(false);
  const open = useOpenProcedure(detail.id, () => {
    toast.show("success", t("open.done"));
    onClose();
  });
  const needsDebt = kind !== "" && !CASE_WIDE.has(kind);
  const problem = isProblem(open.error) ? open.error : null;
  const at = (field: string) => problem?.fieldError(`/${field}`)?.detail;
  const isReady = kind !== "" && reason.trim() !== "" && (!needsDebt || debt !== "");

  const submit = () => {
    setChecked(true);
    if (isReady) open.mutate({ kind, obligation_id: needsDebt ? debt : null, reason: reason.trim() });
  };
  return (
    <FormDialog
      title={t("open.title")}
      lead={t("open.lead")}
      submitLabel={t("open.submit")}
      busy={open.isPending}
      error={open.error}
      isAtFields={Boolean(at("kind") ?? at("obligation_id") ?? at("reason"))}
      onSubmit={submit}
      onClose={onClose}
    >
      <Select
        id={`${id}-kind`}
        label={t("open.kind")}
        error={isChecked && kind === "" ? t("missing.outcome") : at("kind")}
        value={kind}
        onChange={(event) => setKind(event.target.value)}
      >
        <option value="">{t("field.choose")}</option>
        {KINDS.map((code) => (
          <option key={code} value={code}>
            {t(`kind.${code}`)}
          </option>
        ))}
      </Select>
      {needsDebt && (
        <Select
          id={`${id}-debt`}
          label={t("open.debt")}
          error={isChecked && debt === "" ? t("missing.outcome") : at("obligation_id")}
          value={debt}
          onChange={(event) => setDebt(event.target.value)}
        >
          <option value="">{t("field.choose")}</option>
          {detail.obligations.map((item) => (
            <option key={item.id} value={item.id}>
              {item.creditor.name}, №&nbsp;{item.contract_number}
            </option>
          ))}
        </Select>
      )}
      <TextArea
        id={`${id}-reason`}
        label={t("open.reason")}
        error={isChecked && reason.trim() === "" ? t("missing.reason") : at("reason")}
        rows={3}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
};
