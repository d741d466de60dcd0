"use client";

import { useTranslations } from "next-intl";

import type { CaseDetail } from "@/api/types";
import { Progress } from "@/components/ui/progress";
import { Link } from "@/lib/i18n/navigation";

import { groupPapers, type PaperGroups } from "../standing";
import type { CasePaper } from "../types";
import { PaperRow } from "./paper-row";

interface ListProps {
  caseId: string;
  papers: readonly CasePaper[];
  canGive: boolean;
}

const List = ({ caseId, papers, canGive }: ListProps) =>
  papers.length === 0 ? null : (
    <ul className="flex flex-col">
      {papers.map((paper) => (
        <PaperRow key={paper.id} caseId={caseId} paper={paper} canGive={canGive} />
      ))}
    </ul>
  );

const Head = ({ groups: { needed, total, come } }: { groups: PaperGroups }) => {
  const t = useTranslations("casePapers");
  const next = needed[0];
  return (
    <>
      {total > 0 && <Progress value={come} max={total} label={t("progress", { given: come, total })} />}
      {next ? (
        <p className="measure text-sm text-text">
          {next.state === "unreadable"
            ? t("nextAgain", { name: next.title })
            : t("next", { name: next.title })}{" "}
          <span className="text-muted">{t("left", { count: needed.length })}</span>
        </p>
      ) : (
        <p className="measure text-sm text-muted">{t("all")}</p>
      )}
    </>
  );
};

const Folded = ({ title, ...list }: ListProps & { title: string }) =>
  list.papers.length === 0 ? null : (
    <details className="border-t border-line pt-2">
      <summary className="flex min-h-11 cursor-pointer items-center font-medium text-primary">
        {title}
      </summary>
      <div className="pt-2">
        <List {...list} />
      </div>
    </details>
  );

/** Papers of the borrower: how many have come, what is next, and how to give each. Nothing where nothing is needed. */
export const BorrowerPapers = ({ detail }: { detail: CaseDetail }) => {
  const t = useTranslations("casePapers");
  const isWaiting = detail.status === "awaiting_borrower";
  if (detail.papers.length === 0 && !isWaiting) return null;
  const canGive = detail.allowed_actions.includes("give_papers");
  const groups = groupPapers(detail.papers);
  const list = { caseId: detail.id, canGive };
  return (
    <section
      id="papers"
      aria-labelledby="papers-title"
      className="flex scroll-mt-4 flex-col gap-3 rounded-card border border-line bg-surface p-4 sm:p-5"
    >
      <h2 id="papers-title" className="text-lg font-semibold">
        {t("title")}
      </h2>
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
        <>
          <Head groups={groups} />
          <List {...list} papers={[...groups.needed, ...groups.given]} />
          <Folded {...list} papers={groups.helpful} title={t("helpful", { count: groups.helpful.length })} />
          <Folded {...list} papers={groups.done} title={t("done", { count: groups.done.length })} />
        </>
      )}
    </section>
  );
};
