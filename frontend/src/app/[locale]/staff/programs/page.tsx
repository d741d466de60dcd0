import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ProgramList } from "@/features/staff-programs/components/program-list";

import { StaffMessages } from "../staff-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("programs"))("title"),
});

const StaffProgramsPage = () => (
  <StaffMessages of={["programs"]}>
    <ProgramList />
  </StaffMessages>
);

export default StaffProgramsPage;
