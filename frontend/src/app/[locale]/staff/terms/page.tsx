import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { StaffMessages } from "../staff-messages";
import { TermsScreen } from "./terms-screen";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staffTerms"))("title"),
});

const StaffTermsPage = () => (
  <StaffMessages of={["staffTerms"]}>
    <TermsScreen />
  </StaffMessages>
);

export default StaffTermsPage;
