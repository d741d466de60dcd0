"use client";

import { useLocale, useTranslations } from "next-intl";

import { PrivateFile } from "@/components/desk/private-file";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { formatDate } from "@/lib/format";
import { useProblemText } from "@/lib/use-problem-text";

import { useSettlePaper } from "../../mutations";
import type { StaffCase } from "../../types";
import { Panel } from "./panel";

type Paper = StaffCase["papers"][number];

const TONES: Record<Paper["state"], BadgeTone> = {
  missing: "warning",
  received: "success",
  waived: "neutral",
};

/** What is known of a paper that has not come yet, in one line. */
const useNotes = () => {
  const t = useTranslations("casePapers");
  const locale = useLocale();
  return (paper: Paper): string => {
    const notes = [t("asked", { date: formatDate(paper.asked_at, locale) })];
    if (paper.state !== "missing") return notes.join(" · ");
    if (paper.due_on) notes.push(t("until", { date: formatDate(paper.due_on, locale, "until") }));
    if (paper.brings_on) notes.push(t("staff.brings", { date: formatDate(paper.brings_on, locale) }));
    if (paper.file_state === "checking") notes.push(t("staff.checking"));
    if (paper.file_state === "refused") notes.push(t("staff.refused"));
    return notes.join(" · ");
  };
};

const PaperLine = ({ detail, paper }: { detail: StaffCase; paper: Paper }) => {
  const t = useTranslations("casePapers");
  const notesOf = useNotes();
  const toast = useToast();
  const describe = useProblemText();
  const settle = useSettlePaper(detail.id, paper.id, () => undefined);
  const canSettle = detail.allowed_actions.includes("settle_papers") && paper.state === "missing";
  const mark = (how: "received" | "waived") =>
    settle.mutate({ how }, { onError: (error) => toast.show("danger", describe(error)) });
  return (
    <li className="flex flex-col gap-1.5 py-2">
      <p className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 font-medium break-words text-ink">{paper.title}</span>
        <Badge tone={TONES[paper.state]}>{t(`staff.state.${paper.state}`)}</Badge>
      </p>
      <p className="text-sm text-muted">{notesOf(paper)}</p>
      <div className="flex flex-wrap gap-2">
        {paper.file_state === "ready" && (
          <PrivateFile
            path={`/cases/${detail.id}/papers/${paper.id}/file/`}
            label={t("open")}
            title={paper.title}
            fileName="paper"
          />
        )}
        {canSettle && (
          <>
            <Button
              variant="secondary"
              size="dense"
              busy={settle.isPending}
              aria-label={t("staff.receivedOf", { name: paper.title })}
              onClick={() => mark("received")}
            >
              {t("staff.received")}
            </Button>
            <Button
              variant="quiet"
              size="dense"
              busy={settle.isPending}
              aria-label={t("staff.waiveOf", { name: paper.title })}
              onClick={() => mark("waived")}
            >
              {t("staff.waive")}
            </Button>
          </>
        )}
      </div>
    </li>
  );
};

/** Papers that were asked of the borrower: what came, what is on its way, what is not needed any more. */
export const PapersPanel = ({ detail }: { detail: StaffCase }) => {
  const t = useTranslations("casePapers.staff");
  if (detail.papers.length === 0) return null;
  return (
    <Panel id="papers" title={t("title")}>
      <ul className="flex flex-col divide-y divide-line">
        {detail.papers.map((paper) => (
          <PaperLine key={paper.id} detail={detail} paper={paper} />
        ))}
      </ul>
    </Panel>
  );
};
