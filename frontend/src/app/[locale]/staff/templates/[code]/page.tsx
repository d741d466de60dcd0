import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { KindPage } from "@/features/staff-templates/components/kind-page";

import { StaffMessages } from "../../staff-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staffTemplates"))("editions"),
});

const StaffTemplateKindPage = async ({ params }: { params: Promise<{ code: string }> }) => (
  <StaffMessages of={["staffTemplates"]}>
    <KindPage code={(await params).code} />
  </StaffMessages>
);

export default StaffTemplateKindPage;
