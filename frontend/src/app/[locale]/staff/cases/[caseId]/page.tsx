import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { CaseScreen } from "./case-screen";

// The number of a case is told by the page itself: a title is fetched without the reader's session.
export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staff.case"))("title"),
});

const StaffCasePage = async ({ params }: { params: Promise<{ caseId: string }> }) => (
  <CaseScreen caseId={(await params).caseId} />
);

export default StaffCasePage;
