import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { SecurityLog } from "@/features/staff-security-log/components/security-log";

import { StaffMessages } from "../staff-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("securityLog"))("title"),
});

const StaffSecurityLogPage = () => (
  <StaffMessages of={["securityLog"]}>
    <SecurityLog />
  </StaffMessages>
);

export default StaffSecurityLogPage;
