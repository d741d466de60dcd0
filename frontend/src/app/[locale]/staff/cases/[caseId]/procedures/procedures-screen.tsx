"use client";

import { StaffProcedures } from "@/features/case-procedures/components/staff-procedures";
import { useStaff } from "@/features/staff-shell/components/staff-gate";

export const ProceduresScreen = ({ caseId }: { caseId: string }) => (
  <StaffProcedures caseId={caseId} today={useStaff().today} />
);
