import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { CreditorList } from "@/features/staff-creditors/components/creditor-list";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staff.creditors"))("title"),
});

const StaffCreditorsPage = () => <CreditorList />;

export default StaffCreditorsPage;
