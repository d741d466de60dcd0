import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { JobList } from "@/features/staff-cases/components/jobs/job-list";

import { StaffMessages } from "../../staff-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("caseList.job"))("title"),
});

const JobsPage = () => (
  <StaffMessages of={["staff", "caseList"]}>
    <JobList />
  </StaffMessages>
);

export default JobsPage;
