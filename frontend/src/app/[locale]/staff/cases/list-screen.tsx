"use client";

import { CaseList } from "@/features/staff-cases/components/list/case-list";
import { useStaff } from "@/features/staff-shell/components/staff-gate";

export const ListScreen = () => {
  const { user, today, abilities } = useStaff();
  return <CaseList userId={user.id} today={today} abilities={abilities} />;
};
