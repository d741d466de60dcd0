"use client";

import { CircleCheck, CircleDashed } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { errorAt, isPlaced } from "@/lib/field-errors";
import type { CreditorAnswer } from "@/components/offers/types";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/text-input";
import { ANSWER_PAPER_RULES } from "@/components/upload/rules";
import { RulesLine, Uploader } from "@/components/upload/uploader";
import { OpenFile } from "@/components/viewer/open-file";
import { useProblemText } from "@/lib/use-problem-text";

import { type RequestedPaper, useAttachPaper, useExcusePaper, useHandOver } from "../queries";

interface PaperProps {
  caseId: string;
  paper: RequestedPaper;
  canGive: boolean;
}

const ExcuseDialog = ({
  caseId,
  paper,
  onClose,
}: {
  caseId: string;
  paper: RequestedPaper;
  onClose: () => void;
}) => {
  const t = useTranslations("offers.papers.excuse");
  const id = useId();
  const [words, setWords] = useState(paper.excuse);
  const excuse = useExcusePaper(caseId, paper.id, onClose);
  return (
    <FormDialog
      title={t("title")}
      lead={paper.text || paper.label}
      submitLabel={t("submit")}
      busy={excuse.isPending}
      error={excuse.error}
      isAtFields={isPlaced(excuse.error, ["words"])}
      onSubmit={() => excuse.mutate(words)}
      onClose={onClose}
    >
      <TextArea
        id={id}
        label={t("words")}
        error={errorAt(excuse.error, "words")}
        rows={3}
        maxLength={500}
        className="[&_textarea]:min-h-20"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
    </FormDialog>
  );
};

const Paper = ({ caseId, paper, canGive }: PaperProps) => {
  const t = useTranslations("offers.papers");
  const [isExcusing, setExcusing] = useState(false);
  const attach = useAttachPaper(caseId, paper.id);
  const isDone = paper.given_at !== null;
  const Mark = isDone ? CircleCheck : CircleDashed;
  return (
    <li className="flex flex-col gap-2 border-b border-line py-3 last:border-0">
      <p className="flex items-start gap-2 font-medium">
        <Mark aria-hidden className={isDone ? "mt-0.5 size-5 text-success" : "mt-0.5 size-5 text-muted"} />
        <span>
          {paper.text || paper.label}
          <span className="sr-only"> {isDone ? t("given") : t("missing")}</span>
        </span>
      </p>
      {paper.file_name && (
        <p className="text-sm text-muted">{t(`state.${paper.file_state}`, { name: paper.file_name })}</p>
      )}
      {paper.excuse && <p className="text-sm text-muted">{t("excused", { words: paper.excuse })}</p>}
      {canGive && (
        <Uploader
          slot={`answer-paper:${paper.id}`}
          label={paper.file_name ? t("replace") : t("upload")}
          fileLabel={t("fileOf", { name: paper.text || paper.label })}
          rules={ANSWER_PAPER_RULES}
          attach={attach.mutateAsync}
          shotsName={paper.text || paper.label}
          hidesRules
        >
          <Button variant="quiet" size="dense" onClick={() => setExcusing(true)}>
            {t("cannot")}
          </Button>
        </Uploader>
      )}
      {paper.file_id && paper.file_state !== "none" && (
        <OpenFile
          fileId={paper.file_id}
          label={t("open")}
          title={paper.text || paper.label}
          describedAs={t("openOf", { name: paper.text || paper.label })}
        />
      )}
      {isExcusing && <ExcuseDialog caseId={caseId} paper={paper} onClose={() => setExcusing(false)} />}
    </li>
  );
};

/** Papers that the creditor asks for, as a list to tick off; handed over once all are there. */
export const PaperList = ({ caseId, answer }: { caseId: string; answer: CreditorAnswer }) => {
  const t = useTranslations("offers.papers");
  const describe = useProblemText();
  const handOver = useHandOver(caseId, answer.id);
  const canGive = answer.allowed_actions.includes("give_papers");
  const left = answer.papers.filter((paper) => paper.given_at === null).length;
  return (
    <section className="flex flex-col gap-3">
      {canGive && <RulesLine rules={ANSWER_PAPER_RULES} />}
      <ul className="flex flex-col">
        {answer.papers.map((paper) => (
          <Paper key={paper.id} caseId={caseId} paper={paper} canGive={canGive} />
        ))}
      </ul>
      {handOver.error !== null && (
        <Alert tone="danger" live>
          {describe(handOver.error)}
        </Alert>
      )}
      {canGive && (
        <>
          <p className="text-sm text-muted" aria-live="polite">
            {left > 0 ? t("left", { count: left }) : t("all")}
          </p>
          <Button disabled={left > 0} busy={handOver.isPending} onClick={() => handOver.mutate()}>
            {t("handOver")}
          </Button>
        </>
      )}
    </section>
  );
};
