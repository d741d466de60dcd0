"use client";

import { useLocale, useTranslations } from "next-intl";

import { Badge, type BadgeTone } from "@/components/ui/badge";
import { OpenFile } from "@/components/viewer/open-file";
import { formatDate } from "@/lib/format";

import type { StaffCase } from "../../types";
import { PaperSteps } from "./paper-steps";

type Paper = StaffCase["papers"][number];

const TONES: Record<Paper["state"], BadgeTone> = {
  missing: "warning",
  received: "info",
  accepted: "success",
  unreadable: "danger",
  waived: "neutral",
};

/** What is known of a paper that has not come yet, in one line. */
const useNotes = () => {
  const t = useTranslations("casePapers");
  const locale = useLocale();
  return (paper: Paper): string => {
    const notes = [t("asked", { date: formatDate(paper.asked_at, locale) })];
    if (!paper.required) notes.push(t("staff.optional"));
    if (paper.state !== "missing" && paper.state !== "unreadable") return notes.join(" · ");
    if (paper.due_on) notes.push(t("until", { date: formatDate(paper.due_on, locale, "until") }));
    if (paper.brings_on) notes.push(t("staff.brings", { date: formatDate(paper.brings_on, locale) }));
    if (paper.file_state === "checking") notes.push(t("staff.checking"));
    if (paper.file_state === "refused") notes.push(t("staff.refused"));
    return notes.join(" · ");
  };
};

/** One paper of the borrower with what staff can do about it. */
export const PaperLine = ({ detail, paper }: { detail: StaffCase; paper: Paper }) => {
  const t = useTranslations("casePapers");
  const notesOf = useNotes();
  return (
    <li className="flex flex-col gap-1.5 py-2">
      <p className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 font-medium break-words text-ink">{paper.title}</span>
        <Badge tone={TONES[paper.state]}>{t(`staff.state.${paper.state}`)}</Badge>
      </p>
      <p className="text-sm text-muted">{notesOf(paper)}</p>
      {paper.unreadable_reason && (
        <p className="text-sm break-words text-danger">
          {t("staff.unreadableReason", { reason: paper.unreadable_reason })}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {paper.file_id && paper.file_state !== "none" && (
          <OpenFile
            fileId={paper.file_id}
            label={t("open")}
            title={paper.title}
            describedAs={t("openOf", { name: paper.title })}
          />
        )}
        <PaperSteps detail={detail} paper={paper} />
      </div>
    </li>
  );
};
