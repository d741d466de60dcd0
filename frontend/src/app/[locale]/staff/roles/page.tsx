import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { StaffMessages } from "../staff-messages";
import { RoleScreen } from "./role-screen";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staffRoles"))("title"),
});

const StaffRolesPage = () => (
  <StaffMessages of={["staffRoles"]}>
    <RoleScreen />
  </StaffMessages>
);

export default StaffRolesPage;
