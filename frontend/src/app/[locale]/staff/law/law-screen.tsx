"use client";

import { LawDesk } from "@/features/staff-law/components/law-desk";
import { useStaff } from "@/features/staff-shell/components/staff-gate";

export const LawScreen = () => {
  const { abilities, today } = useStaff();
  return <LawDesk abilities={abilities} today={today} />;
};
