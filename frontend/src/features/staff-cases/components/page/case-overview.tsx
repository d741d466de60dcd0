"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { staffCaseQuery } from "../../queries";
import { DebtsPanel } from "./debts-panel";
import { DocumentsPanel } from "./documents-panel";
import { PersonPanel, StoryPanel } from "./facts-panel";
import { PapersPanel } from "./papers-panel";
import { TermsPanel } from "./terms-panel";
import { Timeline } from "./timeline";
import { TracksPanel } from "./tracks-panel";

interface CaseOverviewProps {
  caseId: string;
  /** ISO day in Almaty. */
  today: string;
  renderCreditor: (creditorId: string) => ReactNode;
  /** What waits for a word, above what has happened. */
  beforeTimeline?: ReactNode;
}

/** One case at a glance, inside its frame: who and what on the left, what happened in the middle, terms and letters on the right. */
export const CaseOverview = ({ caseId, today, renderCreditor, beforeTimeline }: CaseOverviewProps) => {
  // The frame has just read it; a second reading at once would only repeat it.
  const { data: detail } = useQuery({ ...staffCaseQuery(caseId), refetchOnMount: false });
  if (!detail) return null;
  return (
    <div className="grid items-start gap-4 p-4 lg:grid-cols-[minmax(0,1fr)_22rem] xl:grid-cols-[19rem_minmax(0,1fr)_22rem]">
      <div className="flex flex-col gap-4 lg:col-start-2 lg:row-span-2 lg:row-start-1 xl:col-start-3 xl:row-span-1">
        <TermsPanel detail={detail} today={today} />
        <PapersPanel detail={detail} />
        <TracksPanel detail={detail} />
        <DocumentsPanel detail={detail} />
      </div>
      <div className="flex flex-col gap-4 lg:col-start-1 lg:row-start-1">
        <PersonPanel detail={detail} />
        <DebtsPanel detail={detail} renderCreditor={renderCreditor} />
        <StoryPanel detail={detail} />
      </div>
      <div className="flex min-w-0 flex-col gap-4 lg:col-start-1 lg:row-start-2 xl:col-start-2 xl:row-start-1">
        {beforeTimeline}
        <Timeline detail={detail} />
      </div>
    </div>
  );
};
