"use client";

import { useQuery } from "@tanstack/react-query";

import { CasePartiesBlock } from "@/features/case-parties/components/case-parties";
import { debtChoices } from "@/features/case-parties/debt-choices";
import { PartyInvitations } from "@/features/case-parties/components/party-invitations";
import { staffCaseQuery } from "@/features/staff-cases/queries";
import { AssignmentPanel } from "@/features/staff-queues/components/assignment-panel";

export const CasePeopleScreen = ({ caseId }: { caseId: string }) => {
  const { data: detail } = useQuery(staffCaseQuery(caseId));
  const debts = debtChoices(detail?.obligations ?? []);
  return (
    <div className="grid items-start gap-4 p-4 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-4">
        <AssignmentPanel caseId={caseId} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <CasePartiesBlock caseId={caseId} />
        <PartyInvitations caseId={caseId} debts={debts} asksAgreement />
      </div>
    </div>
  );
};
