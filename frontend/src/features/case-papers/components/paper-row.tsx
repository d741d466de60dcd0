"use client";

import { useLocale, useTranslations } from "next-intl";

import { Badge } from "@/components/ui/badge";
import { OpenFile } from "@/components/viewer/open-file";
import { cn } from "@/lib/cn";
import { formatDate } from "@/lib/format";

import { isOpen, MARKS, standingOf } from "../standing";
import type { CasePaper } from "../types";
import { PaperGiving } from "./paper-giving";

const useWords = (paper: CasePaper) => {
  const t = useTranslations("casePapers");
  const locale = useLocale();
  const asked = paper.asked_by
    ? t("askedBy", { name: paper.asked_by, date: formatDate(paper.asked_at, locale) })
    : t("asked", { date: formatDate(paper.asked_at, locale) });
  const open = isOpen(paper);
  return {
    // A paper of a checklist says why; who asked and when matters for those that staff asked for.
    asked: paper.origin === "asked" ? asked : "",
    until: open && paper.due_on ? t("until", { date: formatDate(paper.due_on, locale, "until") }) : "",
    brings: open && paper.brings_on ? t("brings", { date: formatDate(paper.brings_on, locale) }) : "",
  };
};

/** One paper: what it is for, where to get it, where it stands, and how to give it. */
export const PaperRow = ({
  caseId,
  paper,
  canGive,
}: {
  caseId: string;
  paper: CasePaper;
  canGive: boolean;
}) => {
  const t = useTranslations("casePapers");
  const words = useWords(paper);
  const standing = standingOf(paper);
  const { icon: Icon, tone } = MARKS[standing];
  const isBad = standing === "refused" || standing === "unreadable";
  return (
    <li className="flex flex-col gap-2 border-b border-line py-3 first:pt-0 last:border-0 last:pb-0">
      <div className="flex items-start gap-2">
        <Icon aria-hidden className={cn("mt-0.5 size-5 shrink-0", tone)} />
        <div className="min-w-0">
          <p className="font-medium break-words text-ink">{paper.title}</p>
          {words.asked && <p className="text-sm text-muted">{words.asked}</p>}
          {words.until && <p className="text-sm font-medium text-warning">{words.until}</p>}
          <p className={cn("text-sm break-words", isBad ? "text-danger" : "text-text")} role="status">
            {t(`standing.${standing}`, { name: paper.file_name ?? "", reason: paper.unreadable_reason })}
          </p>
          {words.brings && <p className="text-sm text-text">{words.brings}</p>}
          {isOpen(paper) && paper.why && <p className="measure mt-1 text-sm text-muted">{paper.why}</p>}
          {isOpen(paper) && paper.where && (
            <p className="measure mt-1 text-sm text-muted">{t("where", { where: paper.where })}</p>
          )}
          {isOpen(paper) && paper.needs_review && (
            <p className="mt-1">
              <Badge tone="warning">{t("needsReview")}</Badge>
            </p>
          )}
        </div>
      </div>
      <div className="flex flex-wrap gap-2 pl-7">
        {canGive && isOpen(paper) && <PaperGiving caseId={caseId} paper={paper} />}
        {paper.file_id && paper.file_state !== "none" && (
          <OpenFile
            fileId={paper.file_id}
            label={t("open")}
            title={paper.title}
            describedAs={t("openOf", { name: paper.title })}
          />
        )}
      </div>
    </li>
  );
};
