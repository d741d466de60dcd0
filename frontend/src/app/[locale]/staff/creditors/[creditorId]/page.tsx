import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { CreditorPage } from "@/features/staff-creditors/components/creditor-page";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staff.creditors"))("one"),
});

const StaffCreditorPage = async ({ params }: { params: Promise<{ creditorId: string }> }) => (
  <CreditorPage creditorId={(await params).creditorId} />
);

export default StaffCreditorPage;
