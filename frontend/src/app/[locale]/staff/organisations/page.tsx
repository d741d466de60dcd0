import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { StaffMessages } from "../staff-messages";
import { OrganisationScreen } from "./organisation-screen";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staffOrganisations"))("title"),
});

const StaffOrganisationsPage = () => (
  <StaffMessages of={["staffOrganisations"]}>
    <OrganisationScreen />
  </StaffMessages>
);

export default StaffOrganisationsPage;
