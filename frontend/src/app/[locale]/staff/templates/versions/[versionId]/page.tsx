import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { StaffMessages } from "../../../staff-messages";
import { VersionScreen } from "./version-screen";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staffTemplates"))("oneEdition"),
});

const StaffTemplateVersionPage = async ({ params }: { params: Promise<{ versionId: string }> }) => (
  <StaffMessages of={["staffTemplates"]}>
    <VersionScreen versionId={(await params).versionId} />
  </StaffMessages>
);

export default StaffTemplateVersionPage;
