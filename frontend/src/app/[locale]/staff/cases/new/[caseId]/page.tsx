import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { StaffMessages } from "../../../staff-messages";
import { PreparedScreen } from "./prepared-screen";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("caseIntake"))("title"),
});

const PreparedCasePage = async ({ params }: { params: Promise<{ caseId: string }> }) => (
  <StaffMessages of={["apply", "caseIntake"]}>
    <PreparedScreen caseId={(await params).caseId} />
  </StaffMessages>
);

export default PreparedCasePage;
