import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { StaffMessages } from "../staff-messages";
import { CheckScreen } from "./check-screen";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staffChecks"))("title"),
});

const StaffChecksPage = () => (
  <StaffMessages of={["staffChecks", "viewer"]}>
    <CheckScreen />
  </StaffMessages>
);

export default StaffChecksPage;
