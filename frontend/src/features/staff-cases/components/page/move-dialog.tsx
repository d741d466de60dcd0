"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { DateInput } from "@/components/ui/masked-inputs";
import { Select, TextArea } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { parseTypedDate } from "@/lib/dates";
import { isProblem } from "@/lib/problem";
import { codeIn } from "@/lib/story-codes";

import { DECLINE_REASONS, OUTCOMES } from "../../codes";
import { type CaseMove, useMoveCase } from "../../mutations";
import { openableKinds } from "../../openable";
import type { StaffCase } from "../../types";
import { CaseDialog } from "./case-dialog";
import { TrackChoices } from "./track-choices";

export const MOVES = [
  "activate",
  "request_documents",
  "resume",
  "open_track",
  "suspend",
  "close",
  "reopen",
  "decline",
  "cancel",
] as const;
export type MoveName = (typeof MOVES)[number];

/** What each move asks for; the words a person types are kept in the case. */
const NEEDS: Record<MoveName, { reason: "required" | "optional" | "choice" | "none"; danger?: true }> = {
  activate: { reason: "optional" },
  request_documents: { reason: "optional" },
  resume: { reason: "optional" },
  open_track: { reason: "none" },
  suspend: { reason: "required" },
  close: { reason: "optional" },
  reopen: { reason: "required" },
  decline: { reason: "choice", danger: true },
  cancel: { reason: "optional", danger: true },
};

/** Moves with words of their own; of the others a choice says enough. */
const WORDED = ["activate", "request_documents", "resume", "suspend", "close", "reopen", "cancel"] as const;

const FIELDS = ["reason", "outcome", "resume_on", "track_kinds", "papers", "papers_due_on"] as const;
type Errors = Partial<Record<(typeof FIELDS)[number], string>>;

/** One paper a line, as people write lists. */
const linesOf = (typed: string): string[] =>
  typed
    .split("\n")
    .map((line) => line.replace(/^[\s\d.)•–—-]+/, "").trim())
    .filter((line) => line !== "");

interface MoveDialogProps {
  detail: StaffCase;
  move: MoveName;
  today: string;
  onClose: () => void;
}

const useMoveForm = ({ detail, move, today, onClose }: MoveDialogProps) => {
  const t = useTranslations("staff.move");
  const toast = useToast();
  const [reason, setReason] = useState("");
  const [outcome, setOutcome] = useState("");
  const [resumeOn, setResumeOn] = useState("");
  const [kinds, setKinds] = useState<string[]>(() =>
    [...openableKinds(detail)].flatMap(([kind, label]) => (label || move === "open_track" ? kind : [])),
  );
  const [papers, setPapers] = useState("");
  const [papersDue, setPapersDue] = useState("");
  const [local, setLocal] = useState<Errors>({});
  const send = useMoveCase(detail.id, () => {
    toast.show("success", t(`${move}.done`));
    onClose();
  });

  const check = (): Errors => {
    const errors: Errors = {};
    const day = parseTypedDate(resumeOn);
    const hasOpened = detail.tracks.some((track) => !track.proposed);
    if (move === "request_documents") {
      if (linesOf(papers).length === 0 && reason.trim() === "") errors.papers = t("papersMissing");
      const due = parseTypedDate(papersDue);
      if (papersDue.trim() !== "" && (due === null || due < today)) errors.papers_due_on = t("dayAhead");
    }
    if (NEEDS[move].reason === "required" && reason.trim() === "") errors.reason = t("reasonMissing");
    if (move === "decline" && reason === "") errors.reason = t("choose");
    if (move === "activate" && kinds.length === 0 && !hasOpened && reason.trim() === "")
      errors.reason = t("routeMissing");
    if (move === "close" && outcome === "") errors.outcome = t("choose");
    if (move === "suspend" && (day === null || day <= today)) errors.resume_on = t("dayAhead");
    if (move === "open_track" && kinds.length === 0) errors.track_kinds = t("choose");
    return errors;
  };
  const submit = () => {
    const errors = check();
    setLocal(errors);
    if (Object.keys(errors).length > 0) return;
    const body: CaseMove = { action: move };
    if (reason.trim()) body.reason = reason.trim();
    if (move === "request_documents") {
      body.papers = linesOf(papers);
      body.papers_due_on = parseTypedDate(papersDue) ?? undefined;
    }
    if (move === "close") body.outcome = outcome;
    if (move === "suspend") body.resume_on = parseTypedDate(resumeOn) ?? undefined;
    if (move === "activate" || move === "open_track") body.track_kinds = kinds;
    send.mutate({ ...body, version: detail.version });
  };
  const problem = isProblem(send.error) ? send.error : null;
  const errors: Errors = { ...local };
  for (const field of FIELDS) errors[field] ??= problem?.fieldError(`/${field}`)?.detail;
  return {
    fields: {
      reason,
      setReason,
      outcome,
      setOutcome,
      resumeOn,
      setResumeOn,
      kinds,
      setKinds,
      papers,
      setPapers,
      papersDue,
      setPapersDue,
    },
    errors,
    isShownAtField: FIELDS.some((field) => problem?.fieldError(`/${field}`)),
    send,
    submit,
  };
};

/** One step of the case's way, with the words and days that the step asks for. */
export const MoveDialog = (props: MoveDialogProps) => {
  const { detail, move, onClose } = props;
  const t = useTranslations("staff");
  const common = useTranslations("common");
  const id = useId();
  const { fields, errors, isShownAtField, send, submit } = useMoveForm(props);
  const need = NEEDS[move];
  const worded = codeIn(WORDED, move);
  const showsTracks = move === "activate" || move === "open_track";
  return (
    <CaseDialog
      title={t(`move.${move}.title`)}
      lead={t(`move.${move}.lead`)}
      submitLabel={t(`move.${move}.submit`)}
      danger={need.danger}
      busy={send.isPending}
      error={send.error}
      isShownAtField={isShownAtField}
      onSubmit={submit}
      onClose={onClose}
    >
      {showsTracks && (
        <TrackChoices
          id={`${id}-tracks`}
          detail={detail}
          values={fields.kinds}
          error={errors.track_kinds}
          onValues={fields.setKinds}
        />
      )}
      {move === "request_documents" && (
        <>
          <TextArea
            id={`${id}-papers`}
            label={t("move.papers")}
            help={t("move.papersHelp")}
            error={errors.papers}
            rows={4}
            maxLength={2000}
            value={fields.papers}
            onChange={(event) => fields.setPapers(event.target.value)}
          />
          <DateInput
            id={`${id}-due`}
            label={t("move.papersDue")}
            optional={common("optional")}
            placeholder={t("filters.datePlaceholder")}
            error={errors.papers_due_on}
            value={fields.papersDue}
            onValueChange={fields.setPapersDue}
          />
        </>
      )}
      {move === "close" && (
        <Select
          id={`${id}-outcome`}
          label={t("move.outcome")}
          error={errors.outcome}
          value={fields.outcome}
          onChange={(event) => fields.setOutcome(event.target.value)}
        >
          <option value="">{t("move.chooseOption")}</option>
          {OUTCOMES.map((code) => (
            <option key={code} value={code}>
              {t(`outcome.${code}`)}
            </option>
          ))}
        </Select>
      )}
      {move === "suspend" && (
        <DateInput
          id={`${id}-day`}
          label={t("move.resumeOn")}
          placeholder={t("filters.datePlaceholder")}
          error={errors.resume_on}
          value={fields.resumeOn}
          onValueChange={fields.setResumeOn}
        />
      )}
      {need.reason === "choice" && (
        <Select
          id={`${id}-reason`}
          label={t("move.declineReason")}
          error={errors.reason}
          value={fields.reason}
          onChange={(event) => fields.setReason(event.target.value)}
        >
          <option value="">{t("move.chooseOption")}</option>
          {DECLINE_REASONS.map((code) => (
            <option key={code} value={code}>
              {t(`decline.${code}`)}
            </option>
          ))}
        </Select>
      )}
      {worded && (
        <TextArea
          id={`${id}-reason`}
          label={t(`move.${worded}.reason`)}
          optional={need.reason === "optional" ? common("optional") : undefined}
          error={errors.reason}
          rows={4}
          maxLength={1000}
          value={fields.reason}
          onChange={(event) => fields.setReason(event.target.value)}
        />
      )}
    </CaseDialog>
  );
};
