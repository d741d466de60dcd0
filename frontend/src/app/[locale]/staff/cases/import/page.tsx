import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ImportPage } from "@/features/case-import/components/import-page";

import { StaffMessages } from "../../staff-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("caseImport"))("title"),
});

const StaffImportPage = () => (
  <StaffMessages of={["caseImport"]}>
    <ImportPage />
  </StaffMessages>
);

export default StaffImportPage;
