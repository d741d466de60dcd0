import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { StaffMessages } from "../../staff-messages";
import { ImportScreen } from "./import-screen";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("caseImport"))("title"),
});

const StaffImportPage = () => (
  <StaffMessages of={["caseImport"]}>
    <ImportScreen />
  </StaffMessages>
);

export default StaffImportPage;
