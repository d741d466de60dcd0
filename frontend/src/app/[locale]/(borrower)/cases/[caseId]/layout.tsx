import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

import { CaseFrame } from "./case-frame";

interface LayoutProps {
  children: ReactNode;
  params: Promise<{ caseId: string }>;
}

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("cases"))("caseTitle"),
});

const CaseLayout = async ({ children, params }: LayoutProps) => (
  <CaseFrame caseId={(await params).caseId}>{children}</CaseFrame>
);

export default CaseLayout;
