"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect } from "react";

import { ProblemState } from "@/components/state-panels";
import { Alert } from "@/components/ui/alert";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useHints } from "@/lib/realtime";
import { useProblemText } from "@/lib/use-problem-text";

import { staffCaseKeys, staffCaseQuery } from "../../queries";
import { CaseHeader } from "./case-header";
import { DebtsPanel } from "./debts-panel";
import { DocumentsPanel } from "./documents-panel";
import { PersonPanel, StoryPanel } from "./facts-panel";
import { TermsPanel } from "./terms-panel";
import { Timeline } from "./timeline";
import { TracksPanel } from "./tracks-panel";

interface CasePageProps {
  caseId: string;
  userId: string;
  /** ISO day in Almaty. */
  today: string;
  renderCreditor: (creditorId: string) => ReactNode;
}

const CaseLoading = () => {
  const common = useTranslations("common");
  return (
    <Loading label={common("loading")} className="flex flex-col gap-4 p-4">
      <Skeleton className="h-8 w-96 max-w-full" />
      <Skeleton className="h-6 w-64" />
      <div className="grid gap-4 lg:grid-cols-[1fr_20rem]">
        <Skeleton className="h-96" />
        <Skeleton className="h-96" />
      </div>
    </Loading>
  );
};

/** One case: who and what on the left, everything that happened in the middle, terms, procedures and letters on the right. */
export const CasePage = ({ caseId, userId, today, renderCreditor }: CasePageProps) => {
  const t = useTranslations("staff.case");
  const describe = useProblemText();
  const { data: detail, error, refetch } = useQuery(staffCaseQuery(caseId));
  useHints(`case:${caseId}`, [staffCaseKeys.case(caseId)]);

  const number = detail?.number;
  useEffect(() => {
    if (number) document.title = `${number} — Kenes Hub`;
  }, [number]);

  if (error && !detail) {
    return (
      <div className="p-6">
        <ProblemState error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!detail) return <CaseLoading />;
  return (
    <div className="flex flex-col">
      <CaseHeader detail={detail} userId={userId} today={today} />
      {error && (
        <Alert tone="warning" live className="m-4 mb-0">
          {t("stale")} {describe(error)}
        </Alert>
      )}
      {detail.masked && (
        <Alert tone="info" className="m-4 mb-0">
          {t("maskedText")}
        </Alert>
      )}
      <div className="grid items-start gap-4 p-4 lg:grid-cols-[minmax(0,1fr)_22rem] xl:grid-cols-[19rem_minmax(0,1fr)_22rem]">
        <div className="flex flex-col gap-4 lg:col-start-2 lg:row-span-2 lg:row-start-1 xl:col-start-3 xl:row-span-1">
          <TermsPanel detail={detail} today={today} />
          <TracksPanel detail={detail} />
          <DocumentsPanel detail={detail} />
        </div>
        <div className="flex flex-col gap-4 lg:col-start-1 lg:row-start-1">
          <PersonPanel detail={detail} />
          <DebtsPanel detail={detail} renderCreditor={renderCreditor} />
          <StoryPanel detail={detail} />
        </div>
        <div className="min-w-0 lg:col-start-1 lg:row-start-2 xl:col-start-2 xl:row-start-1">
          <Timeline detail={detail} />
        </div>
      </div>
    </div>
  );
};
