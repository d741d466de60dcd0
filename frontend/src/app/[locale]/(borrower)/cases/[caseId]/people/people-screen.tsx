"use client";

import { useQuery } from "@tanstack/react-query";

import { CasePartiesBlock } from "@/features/case-parties/components/case-parties";
import { debtChoices } from "@/features/case-parties/debt-choices";
import { PartyInvitations } from "@/features/case-parties/components/party-invitations";
import { caseDetailQuery } from "@/features/cases/queries";

/** Who sees the case besides its borrower, and whom he has invited. */
export const PeopleScreen = ({ caseId }: { caseId: string }) => {
  const { data: detail } = useQuery(caseDetailQuery(caseId));
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <CasePartiesBlock caseId={caseId} />
      <PartyInvitations
        caseId={caseId}
        debts={debtChoices(detail?.obligations ?? [])}
        asksAgreement={false}
      />
    </div>
  );
};
