"use client";

import { useQuery } from "@tanstack/react-query";

import { CaseEligibility } from "@/features/eligibility/components/case-eligibility";
import { OpenTrackButton } from "@/features/eligibility/components/open-track-button";
import { staffCaseQuery } from "@/features/staff-cases/queries";

export const EligibilityScreen = ({ caseId }: { caseId: string }) => {
  const { data: detail } = useQuery(staffCaseQuery(caseId));
  const actions: readonly string[] = detail?.allowed_actions ?? [];
  if (!detail) return null;
  return (
    <div className="max-w-4xl p-4">
      <CaseEligibility
        caseId={caseId}
        mayCheck={actions.includes("check_eligibility")}
        resultActions={(result) =>
          actions.includes("open_track") && result.verdict === "yes" ? (
            <OpenTrackButton caseId={caseId} kind={result.track_kind} />
          ) : null
        }
      />
    </div>
  );
};
