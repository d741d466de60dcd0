"use client";

import { PaperFindings } from "@/features/case-extraction/components/paper-findings";
import { BorrowerPapers } from "@/features/case-papers/components/borrower-papers";
import { ClosingCard } from "@/features/case-papers/components/closing-card";
import { CaseOverview } from "@/features/cases/components/case-views";

export const OverviewScreen = ({ caseId }: { caseId: string }) => (
  <CaseOverview
    caseId={caseId}
    afterNow={(detail) => (
      <>
        <ClosingCard detail={detail} />
        <BorrowerPapers detail={detail} />
        <PaperFindings caseId={caseId} />
      </>
    )}
  />
);
