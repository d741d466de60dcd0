import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { BlockedFiles } from "@/features/staff-files/components/blocked-files";

import { StaffMessages } from "../staff-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staffFiles"))("title"),
});

const StaffFilesPage = () => (
  <StaffMessages of={["staffFiles"]}>
    <BlockedFiles />
  </StaffMessages>
);

export default StaffFilesPage;
