import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

import { ClientMessages } from "@/components/client-messages";
import { CasePresence } from "@/features/case-presence/components/case-presence";

import { CaseShell } from "./case-screen";

interface LayoutProps {
  children: ReactNode;
  params: Promise<{ caseId: string }>;
}

// The number of a case is told by the page itself: a title is fetched without the reader's session.
export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staff.case"))("title"),
});

const StaffCaseLayout = async ({ children, params }: LayoutProps) => {
  const { caseId } = await params;
  const presence = (
    <ClientMessages namespaces={["casePresence"]}>
      <CasePresence caseId={caseId} />
    </ClientMessages>
  );
  return (
    <CaseShell caseId={caseId} presence={presence}>
      {children}
    </CaseShell>
  );
};

export default StaffCaseLayout;
