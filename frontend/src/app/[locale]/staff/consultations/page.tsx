import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { StaffMessages } from "../staff-messages";
import { ConsultationsScreen } from "./consultations-screen";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("hostTimes.platform"))("title"),
});

const StaffConsultationsPage = () => (
  <StaffMessages of={["hostTimes", "consultations", "specialistDesk"]}>
    <ConsultationsScreen />
  </StaffMessages>
);

export default StaffConsultationsPage;
