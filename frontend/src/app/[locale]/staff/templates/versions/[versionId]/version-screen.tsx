"use client";

import { useStaff } from "@/features/staff-shell/components/staff-gate";
import { VersionPage } from "@/features/staff-templates/components/version-page";

export const VersionScreen = ({ versionId }: { versionId: string }) => {
  const { today } = useStaff();
  return <VersionPage versionId={versionId} today={today} />;
};
