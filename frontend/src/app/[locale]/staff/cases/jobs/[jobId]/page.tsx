import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { JobReport } from "@/features/staff-cases/components/jobs/job-report";

import { StaffMessages } from "../../../staff-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("caseList.job"))("title"),
});

const JobPage = async ({ params }: { params: Promise<{ jobId: string }> }) => (
  <StaffMessages of={["staff", "caseList"]}>
    <JobReport jobId={(await params).jobId} />
  </StaffMessages>
);

export default JobPage;
