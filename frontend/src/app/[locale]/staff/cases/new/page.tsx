import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { StaffMessages } from "../../staff-messages";
import { NewCaseScreen } from "./new-case-screen";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("caseIntake"))("title"),
});

const NewCasePage = () => (
  <StaffMessages of={["account", "apply", "caseIntake"]}>
    <NewCaseScreen />
  </StaffMessages>
);

export default NewCasePage;
