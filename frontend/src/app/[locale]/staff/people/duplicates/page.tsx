import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { DuplicateList } from "@/features/staff-duplicates/components/duplicate-list";

import { StaffMessages } from "../../staff-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staffDuplicates"))("title"),
});

const StaffPeopleDuplicatesPage = () => (
  <StaffMessages of={["staffDuplicates"]}>
    <DuplicateList />
  </StaffMessages>
);

export default StaffPeopleDuplicatesPage;
