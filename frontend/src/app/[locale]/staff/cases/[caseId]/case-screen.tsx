"use client";

import { CreditorCard } from "@/features/staff-creditors/components/creditor-card";
import { CasePage } from "@/features/staff-cases/components/page/case-page";
import { useStaff } from "@/features/staff-shell/components/staff-gate";

export const CaseScreen = ({ caseId }: { caseId: string }) => {
  const { user, today } = useStaff();
  return (
    <CasePage
      caseId={caseId}
      userId={user.id}
      today={today}
      renderCreditor={(creditorId) => <CreditorCard creditorId={creditorId} />}
    />
  );
};
