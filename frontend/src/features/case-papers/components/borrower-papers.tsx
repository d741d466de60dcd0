"use client";

import { CircleCheck, CircleDashed, CircleSlash, LoaderCircle, type LucideIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import type { CaseDetail } from "@/api/types";
import { PrivateFile } from "@/components/desk/private-file";
import { UploadButton } from "@/components/papers/upload-button";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { formatDate } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";
import { useProblemText } from "@/lib/use-problem-text";

import { useAttachPaper } from "../mutations";
import type { CasePaper } from "../types";
import { PromiseDialog } from "./promise-dialog";

type Standing = "received" | "waived" | "checking" | "refused" | "missing";

const standingOf = ({ state, file_state }: CasePaper): Standing => {
  if (state !== "missing") return state;
  return file_state === "checking" || file_state === "refused" ? file_state : "missing";
};

const MARKS: Record<Standing, { icon: LucideIcon; tone: string }> = {
  received: { icon: CircleCheck, tone: "text-success" },
  waived: { icon: CircleSlash, tone: "text-muted" },
  checking: { icon: LoaderCircle, tone: "text-info" },
  refused: { icon: CircleDashed, tone: "text-danger" },
  missing: { icon: CircleDashed, tone: "text-warning" },
};

const useWords = (paper: CasePaper) => {
  const t = useTranslations("casePapers");
  const locale = useLocale();
  const asked = paper.asked_by
    ? t("askedBy", { name: paper.asked_by, date: formatDate(paper.asked_at, locale) })
    : t("asked", { date: formatDate(paper.asked_at, locale) });
  const isOpen = paper.state === "missing";
  return {
    asked,
    until: isOpen && paper.due_on ? t("until", { date: formatDate(paper.due_on, locale, "until") }) : "",
    brings: isOpen && paper.brings_on ? t("brings", { date: formatDate(paper.brings_on, locale) }) : "",
  };
};

const Paper = ({ caseId, paper, canGive }: { caseId: string; paper: CasePaper; canGive: boolean }) => {
  const t = useTranslations("casePapers");
  const describe = useProblemText();
  const words = useWords(paper);
  const { attach, sent } = useAttachPaper(caseId, paper.id);
  const [isPromising, setPromising] = useState(false);
  const standing = standingOf(paper);
  const { icon: Icon, tone } = MARKS[standing];
  const isAsked = canGive && paper.state === "missing";
  return (
    <li className="flex flex-col gap-2 border-b border-line py-3 first:pt-0 last:border-0 last:pb-0">
      <div className="flex items-start gap-2">
        <Icon aria-hidden className={cn("mt-0.5 size-5 shrink-0", tone)} />
        <div className="min-w-0">
          <p className="font-medium break-words text-ink">{paper.title}</p>
          <p className="text-sm text-muted">{words.asked}</p>
          {words.until && <p className="text-sm font-medium text-warning">{words.until}</p>}
          <p className={cn("text-sm", standing === "refused" ? "text-danger" : "text-text")} role="status">
            {t(`standing.${standing}`, { name: paper.file_name ?? "" })}
          </p>
          {words.brings && <p className="text-sm text-text">{words.brings}</p>}
        </div>
      </div>
      <div className="flex flex-wrap gap-2 pl-7">
        {isAsked && (
          <>
            <UploadButton
              label={paper.file_name ? t("replace") : t("upload")}
              fileLabel={t("fileOf", { name: paper.title })}
              busy={attach.isPending}
              onFile={(file) => attach.mutate(file)}
            />
            {standing !== "checking" && (
              <Button
                variant="quiet"
                size="dense"
                className="max-sm:min-h-11"
                aria-label={t("bringOf", { name: paper.title })}
                onClick={() => setPromising(true)}
              >
                {paper.brings_on ? t("bringOther") : t("bring")}
              </Button>
            )}
          </>
        )}
        {paper.file_state === "ready" && (
          <PrivateFile
            path={`/cases/${caseId}/papers/${paper.id}/file/`}
            label={t("open")}
            title={paper.title}
            fileName="paper"
          />
        )}
      </div>
      {attach.isPending && (
        <label className="flex flex-col gap-1 pl-7 text-sm">
          {t("sending", { percent: sent })}
          <progress max={100} value={sent} className="h-2 w-full accent-primary" />
        </label>
      )}
      {attach.error !== null && (
        <Alert tone="danger" live>
          {describe(attach.error)}
        </Alert>
      )}
      {isPromising && <PromiseDialog caseId={caseId} paper={paper} onClose={() => setPromising(false)} />}
    </li>
  );
};

/** Papers that the case waits for: what, who asked, until when, and how to give it. Nothing where nothing was asked for. */
export const BorrowerPapers = ({ detail }: { detail: CaseDetail }) => {
  const t = useTranslations("casePapers");
  const isWaiting = detail.status === "awaiting_borrower";
  if (detail.papers.length === 0 && !isWaiting) return null;
  const canGive = detail.allowed_actions.includes("give_papers");
  const left = detail.papers.filter(({ state }) => state === "missing").length;
  return (
    <section
      id="papers"
      aria-labelledby="papers-title"
      className="flex scroll-mt-4 flex-col gap-3 rounded-card border border-line bg-surface p-4 sm:p-5"
    >
      <div className="flex flex-col gap-1">
        <h2 id="papers-title" className="text-lg font-semibold">
          {t("title")}
        </h2>
        {detail.papers.length > 0 && (
          <p className="measure text-sm text-muted">{left > 0 ? t("left", { count: left }) : t("all")}</p>
        )}
      </div>
      {detail.papers.length === 0 ? (
        <>
          <p className="measure">{t("none")}</p>
          <Link
            href={`/cases/${detail.id}/history`}
            className="inline-flex min-h-11 items-center self-start font-medium text-primary underline underline-offset-4"
          >
            {t("toHistory")}
          </Link>
        </>
      ) : (
        <ul className="flex flex-col">
          {detail.papers.map((paper) => (
            <Paper key={paper.id} caseId={detail.id} paper={paper} canGive={canGive} />
          ))}
        </ul>
      )}
    </section>
  );
};
