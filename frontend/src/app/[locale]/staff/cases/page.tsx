import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { CaseList } from "@/features/staff-cases/components/list/case-list";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staff.list"))("title"),
});

const StaffCasesPage = () => <CaseList />;

export default StaffCasesPage;
