"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { DateInput } from "@/components/ui/masked-inputs";
import { useToast } from "@/components/ui/toast";
import { parseTypedDate, toTypedDate } from "@/lib/dates";
import { isProblem } from "@/lib/problem";

import { usePromisePaper } from "../mutations";
import type { CasePaper } from "../types";

interface PromiseDialogProps {
  caseId: string;
  paper: CasePaper;
  onClose: () => void;
}

/** On which day the borrower brings a paper himself. */
export const PromiseDialog = ({ caseId, paper, onClose }: PromiseDialogProps) => {
  const t = useTranslations("casePapers.promise");
  const id = useId();
  const toast = useToast();
  const [day, setDay] = useState(toTypedDate(paper.brings_on ?? paper.due_on ?? ""));
  const [isWrong, setWrong] = useState(false);
  const promise = usePromisePaper(caseId, paper.id, () => {
    toast.show("success", t("done"));
    onClose();
  });
  const fromServer = isProblem(promise.error) ? promise.error.fieldError("/on")?.detail : undefined;
  const submit = () => {
    const on = parseTypedDate(day);
    setWrong(on === null);
    if (on) promise.mutate({ on });
  };
  return (
    <FormDialog
      title={t("title")}
      lead={paper.title}
      submitLabel={t("submit")}
      busy={promise.isPending}
      error={promise.error}
      isAtFields={fromServer !== undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      <DateInput
        id={id}
        label={t("day")}
        help={t("help")}
        placeholder={t("placeholder")}
        error={isWrong ? t("wrong") : fromServer}
        value={day}
        onValueChange={(typed) => {
          setDay(typed);
          setWrong(false);
        }}
      />
    </FormDialog>
  );
};
