"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";

import type { CaseDetail } from "@/api/types";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { DateInput } from "@/components/ui/masked-inputs";
import { Select, TextArea } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { parseTypedDate } from "@/lib/dates";
import { isProblem } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

import { FACT_KINDS, type FactKind, useRecordFact } from "../mutations";
import { caseDetailQuery } from "../queries";

const isFactKind = (value: string): value is FactKind => FACT_KINDS.some((kind) => kind === value);

interface FactFormProps {
  detail: CaseDetail;
  onDone: () => void;
}

const FactForm = ({ detail, onDone }: FactFormProps) => {
  const t = useTranslations("cases.report");
  const common = useTranslations("common");
  const describe = useProblemText();
  const toast = useToast();
  const [kind, setKind] = useState("");
  const [date, setDate] = useState("");
  const [text, setText] = useState("");
  const [obligationId, setObligationId] = useState(
    detail.obligations.length === 1 ? (detail.obligations[0]?.id ?? "") : "",
  );
  const [isChecked, setChecked] = useState(false);
  const record = useRecordFact(detail.id);
  const iso = parseTypedDate(date);
  const fieldError = (pointer: string) =>
    isProblem(record.error) ? record.error.fieldError(pointer)?.detail : undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (record.isPending) return;
    setChecked(true);
    if (!isFactKind(kind)) return document.getElementById("fact-kind")?.focus();
    if (!iso) return document.getElementById("fact-date")?.focus();
    record.mutate(
      { kind, date: iso, text: text.trim(), obligation_id: obligationId || null },
      {
        onSuccess: () => {
          toast.show("success", t("done"));
          onDone();
        },
      },
    );
  };
  const hasPlacedError = isProblem(record.error) && record.error.errors.length > 0;

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {record.error && !hasPlacedError && (
        <Alert tone="danger" live>
          {describe(record.error)}
        </Alert>
      )}
      <Select
        id="fact-kind"
        label={t("kind")}
        value={kind}
        error={fieldError("/kind") ?? (isChecked && kind === "" ? t("kindMissing") : undefined)}
        onChange={(event) => setKind(event.target.value)}
      >
        <option value="">{t("choose")}</option>
        {FACT_KINDS.map((item) => (
          <option key={item} value={item}>
            {t(`kinds.${item}`)}
          </option>
        ))}
      </Select>
      <DateInput
        id="fact-date"
        label={t("date")}
        help={t("dateHelp")}
        value={date}
        error={fieldError("/date") ?? (isChecked && !iso ? t("dateWrong") : undefined)}
        onValueChange={setDate}
      />
      {detail.obligations.length > 1 && (
        <Select
          id="fact-obligation"
          label={t("debt")}
          value={obligationId}
          error={fieldError("/obligation_id")}
          onChange={(event) => setObligationId(event.target.value)}
        >
          <option value="">{t("allDebts")}</option>
          {detail.obligations.map((obligation) => (
            <option key={obligation.id} value={obligation.id}>
              {obligation.creditor.name}
            </option>
          ))}
        </Select>
      )}
      <TextArea
        id="fact-text"
        label={t("text")}
        help={t("textHelp")}
        optional={common("optional")}
        maxLength={2000}
        rows={3}
        value={text}
        error={fieldError("/text")}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" size="large" busy={record.isPending} className="sm:self-start">
        {t("submit")}
      </Button>
    </form>
  );
};

/** Telling of something that happened: from its date new terms are counted at once. */
export const ReportFact = ({ caseId, startsOpen = false }: { caseId: string; startsOpen?: boolean }) => {
  const t = useTranslations("cases.report");
  const common = useTranslations("common");
  const [isOpen, setOpen] = useState(startsOpen);
  const { data: detail } = useQuery(caseDetailQuery(caseId));
  if (!detail?.allowed_actions.includes("record_fact")) return null;
  return (
    <>
      <Button variant="secondary" onClick={() => setOpen(true)} className="self-start">
        <Plus aria-hidden className="size-5" />
        {t("open")}
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={t("title")}
        description={t("lead")}
        closeLabel={common("close")}
      >
        <FactForm detail={detail} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
};
