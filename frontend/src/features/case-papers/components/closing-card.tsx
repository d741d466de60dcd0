"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import type { CaseDetail } from "@/api/types";
import { FormDialog } from "@/components/desk/form-dialog";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/text-input";
import { isProblem } from "@/lib/problem";
import { useProblemText } from "@/lib/use-problem-text";

import { useAnswerClosing } from "../mutations";

const NotSolved = ({
  caseId,
  onDone,
  onClose,
}: {
  caseId: string;
  onDone: () => void;
  onClose: () => void;
}) => {
  const t = useTranslations("casePapers.closing");
  const id = useId();
  const [reason, setReason] = useState("");
  const [isEmpty, setEmpty] = useState(false);
  const answer = useAnswerClosing(caseId, onDone);
  const fromServer = isProblem(answer.error) ? answer.error.fieldError("/reason")?.detail : undefined;
  const submit = () => {
    const words = reason.trim();
    setEmpty(words === "");
    if (words) answer.mutate({ agreed: false, reason: words });
  };
  return (
    <FormDialog
      title={t("notTitle")}
      lead={t("notLead")}
      submitLabel={t("notSubmit")}
      busy={answer.isPending}
      error={answer.error}
      isAtFields={fromServer !== undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextArea
        id={id}
        label={t("reason")}
        rows={4}
        maxLength={1000}
        error={isEmpty ? t("reasonMissing") : fromServer}
        value={reason}
        onChange={(event) => {
          setReason(event.target.value);
          setEmpty(false);
        }}
      />
    </FormDialog>
  );
};

/** A closed case waits for the borrower's word: the debt is settled, or it is not and why. */
export const ClosingCard = ({ detail }: { detail: CaseDetail }) => {
  const t = useTranslations("casePapers.closing");
  const describe = useProblemText();
  const [said, setSaid] = useState<"agreed" | "disputed" | null>(null);
  const [isDisputing, setDisputing] = useState(false);
  const agree = useAnswerClosing(detail.id, () => setSaid("agreed"));
  if (said) {
    return (
      <Alert tone={said === "agreed" ? "success" : "info"} live>
        {t(said)}
      </Alert>
    );
  }
  if (detail.closing !== "to_confirm" || !detail.allowed_actions.includes("answer_closing")) return null;
  return (
    <section
      aria-labelledby="closing-title"
      className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4 sm:p-5"
    >
      <h2 id="closing-title" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <p className="measure">
        {detail.outcome_label ? t("lead", { outcome: detail.outcome_label }) : t("leadPlain")}
      </p>
      {agree.error !== null && (
        <Alert tone="danger" live>
          {describe(agree.error)}
        </Alert>
      )}
      <div className="flex flex-col gap-2 sm:flex-row">
        <Button busy={agree.isPending} onClick={() => agree.mutate({ agreed: true, reason: "" })}>
          {t("agree")}
        </Button>
        <Button variant="secondary" onClick={() => setDisputing(true)}>
          {t("dispute")}
        </Button>
      </div>
      {isDisputing && (
        <NotSolved
          caseId={detail.id}
          onDone={() => setSaid("disputed")}
          onClose={() => setDisputing(false)}
        />
      )}
    </section>
  );
};
