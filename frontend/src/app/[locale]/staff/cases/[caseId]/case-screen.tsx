"use client";

import type { ReactNode } from "react";

import { PaperFindings } from "@/features/case-extraction/components/paper-findings";
import { CaseFrame } from "@/features/staff-cases/components/page/case-frame";
import { CaseOverview } from "@/features/staff-cases/components/page/case-overview";
import { CreditorCard } from "@/features/staff-creditors/components/creditor-card";
import { useStaff } from "@/features/staff-shell/components/staff-gate";

import { CaseKeys } from "./case-keys";

export const CaseShell = ({
  caseId,
  presence,
  children,
}: {
  caseId: string;
  presence?: ReactNode;
  children: ReactNode;
}) => {
  const { user, today } = useStaff();
  return (
    <CaseFrame caseId={caseId} userId={user.id} today={today} presence={presence}>
      {children}
      <CaseKeys caseId={caseId} />
    </CaseFrame>
  );
};

export const CaseScreen = ({ caseId }: { caseId: string }) => (
  <CaseOverview
    caseId={caseId}
    today={useStaff().today}
    renderCreditor={(creditorId) => <CreditorCard creditorId={creditorId} />}
    beforeTimeline={<PaperFindings caseId={caseId} />}
  />
);
