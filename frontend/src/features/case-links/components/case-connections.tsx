"use client";

import { useQuery } from "@tanstack/react-query";

import { linkedDetailQuery } from "../queries";
import { LinksPanel } from "./links-panel";
import { MergePanel } from "./merge-panel";
import { SplitPanel } from "./split-panel";

/** Links of a case, and merging and splitting for who may. */
export const CaseConnections = ({ caseId }: { caseId: string }) => {
  const { data: detail } = useQuery(linkedDetailQuery(caseId));
  const canMerge = detail?.allowed_actions.includes("merge") ?? false;
  return (
    <>
      <LinksPanel caseId={caseId} />
      {canMerge && <MergePanel caseId={caseId} />}
      {canMerge && <SplitPanel caseId={caseId} />}
    </>
  );
};
