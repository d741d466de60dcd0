"use client";

import { CaseTermsPage } from "@/features/case-terms/components/case-terms";
import { useStaff } from "@/features/staff-shell/components/staff-gate";

export const CaseTermsScreen = ({ caseId }: { caseId: string }) => (
  <CaseTermsPage caseId={caseId} today={useStaff().today} />
);
