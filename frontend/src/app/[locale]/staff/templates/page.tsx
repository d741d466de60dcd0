import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { TemplatesList } from "@/features/staff-templates/components/templates-list";

import { StaffMessages } from "../staff-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staffTemplates"))("title"),
});

const StaffTemplatesPage = () => (
  <StaffMessages of={["staffTemplates"]}>
    <TemplatesList />
  </StaffMessages>
);

export default StaffTemplatesPage;
