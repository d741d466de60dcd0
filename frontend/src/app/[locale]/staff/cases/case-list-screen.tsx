"use client";

import { CaseList } from "@/features/staff-cases/components/list/case-list";
import { useStaff } from "@/features/staff-shell/components/staff-gate";

export const CaseListScreen = () => <CaseList today={useStaff().today} />;
