import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

import { CaseShell } from "./case-screen";

interface LayoutProps {
  children: ReactNode;
  params: Promise<{ caseId: string }>;
}

// The number of a case is told by the page itself: a title is fetched without the reader's session.
export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staff.case"))("title"),
});

const StaffCaseLayout = async ({ children, params }: LayoutProps) => (
  <CaseShell caseId={(await params).caseId}>{children}</CaseShell>
);

export default StaffCaseLayout;
