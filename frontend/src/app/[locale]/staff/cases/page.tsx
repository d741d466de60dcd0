import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { CaseListScreen } from "./case-list-screen";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staff.list"))("title"),
});

const StaffCasesPage = () => <CaseListScreen />;

export default StaffCasesPage;
