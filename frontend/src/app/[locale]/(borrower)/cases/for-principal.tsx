"use client";

import { BeginForPrincipal } from "@/features/apply/components/for-others/begin-for-principal";
import { useRouter } from "@/lib/i18n/navigation";

/** Leads from the list of cases to the application of a principal. */
export const ForPrincipal = () => {
  const router = useRouter();
  return <BeginForPrincipal onBegun={(caseId) => router.push(`/apply/for/${caseId}`)} />;
};
