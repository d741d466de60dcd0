import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { StaffMessages } from "../staff-messages";
import { LawScreen } from "./law-screen";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staffLaw"))("title"),
});

const StaffLawPage = () => (
  <StaffMessages of={["staffLaw"]}>
    <LawScreen />
  </StaffMessages>
);

export default StaffLawPage;
