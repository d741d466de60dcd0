import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { StaffMessages } from "../staff-messages";
import { ListScreen } from "./list-screen";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staff.list"))("title"),
});

const StaffCasesPage = () => (
  <StaffMessages of={["staff", "board", "caseList", "caseSearch"]}>
    <ListScreen />
  </StaffMessages>
);

export default StaffCasesPage;
