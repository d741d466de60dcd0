import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { Desk } from "@/components/desk/page-head";
import { OwnNotes } from "@/components/own-notes";
import { CaseHeading, CaseOverview } from "@/features/cases/components/case-views";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("specialistDesk.nav"))("case"),
});

const DeskCasePage = async ({ params }: { params: Promise<{ caseId: string }> }) => {
  const { caseId } = await params;
  return (
    <Desk>
      <CaseHeading caseId={caseId} />
      <CaseOverview caseId={caseId} />
      <OwnNotes caseId={caseId} />
    </Desk>
  );
};

export default DeskCasePage;
