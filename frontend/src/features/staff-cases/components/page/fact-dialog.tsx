"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { DateInput } from "@/components/ui/masked-inputs";
import { Select, TextArea } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { parseTypedDate } from "@/lib/dates";
import { isProblem } from "@/lib/problem";

import { FACT_KINDS, FACTS_AHEAD } from "../../codes";
import { useRecordFact } from "../../mutations";
import type { StaffCase } from "../../types";
import { CaseDialog } from "./case-dialog";

interface FactDialogProps {
  detail: StaffCase;
  today: string;
  onClose: () => void;
}

/** A dated fact, written down by a manager: the terms that run from it are counted at once. */
export const FactDialog = ({ detail, today, onClose }: FactDialogProps) => {
  const t = useTranslations("staff");
  const common = useTranslations("common");
  const toast = useToast();
  const id = useId();
  const [kind, setKind] = useState("");
  const [typed, setTyped] = useState("");
  const [text, setText] = useState("");
  const [debt, setDebt] = useState("");
  const [local, setLocal] = useState<{ kind?: string; date?: string }>({});
  const record = useRecordFact(detail.id, () => {
    toast.show("success", t("fact.done"));
    onClose();
  });
  const problem = isProblem(record.error) ? record.error : null;
  const at = (field: string) => problem?.fieldError(`/${field}`)?.detail;

  const submit = () => {
    const day = parseTypedDate(typed);
    const isAhead = day !== null && day > today && !FACTS_AHEAD.has(kind);
    const date = day === null ? t("filters.dateWrong") : isAhead ? t("fact.ahead") : undefined;
    const missing = kind === "" ? t("move.choose") : undefined;
    setLocal({ kind: missing, date });
    if (day === null || date || missing) return;
    record.mutate({ kind, date: day, text: text.trim(), obligation_id: debt || null });
  };
  return (
    <CaseDialog
      title={t("fact.title")}
      lead={t("fact.lead")}
      submitLabel={t("fact.submit")}
      busy={record.isPending}
      error={record.error}
      isShownAtField={Boolean(at("kind") ?? at("date") ?? at("obligation_id") ?? at("text"))}
      onSubmit={submit}
      onClose={onClose}
    >
      <Select
        id={`${id}-kind`}
        label={t("fact.kind")}
        error={local.kind ?? at("kind")}
        value={kind}
        onChange={(event) => setKind(event.target.value)}
      >
        <option value="">{t("move.chooseOption")}</option>
        {FACT_KINDS.map((code) => (
          <option key={code} value={code}>
            {t(`factKind.${code}`)}
          </option>
        ))}
      </Select>
      <DateInput
        id={`${id}-date`}
        label={t("fact.date")}
        placeholder={t("filters.datePlaceholder")}
        error={local.date ?? at("date")}
        value={typed}
        onValueChange={setTyped}
      />
      {detail.obligations.length > 1 && (
        <Select
          id={`${id}-debt`}
          label={t("fact.debt")}
          error={at("obligation_id")}
          value={debt}
          onChange={(event) => setDebt(event.target.value)}
        >
          <option value="">{t("fact.allDebts")}</option>
          {detail.obligations.map((item) => (
            <option key={item.id} value={item.id}>
              {item.creditor.name}, №&nbsp;{item.contract_number}
            </option>
          ))}
        </Select>
      )}
      <TextArea
        id={`${id}-text`}
        label={t("fact.text")}
        optional={common("optional")}
        error={at("text")}
        rows={3}
        maxLength={1000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </CaseDialog>
  );
};
