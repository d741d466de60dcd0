import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { OrganisationPage } from "@/features/staff-organisations/components/organisation-page";

import { StaffMessages } from "../../staff-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staffOrganisations"))("one"),
});

const StaffOrganisationPage = async ({ params }: { params: Promise<{ organisationId: string }> }) => (
  <StaffMessages of={["staffOrganisations"]}>
    <OrganisationPage organisationId={(await params).organisationId} />
  </StaffMessages>
);

export default StaffOrganisationPage;
