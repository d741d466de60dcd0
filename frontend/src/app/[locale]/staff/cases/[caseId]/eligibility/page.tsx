import { StaffMessages } from "@/app/[locale]/staff/staff-messages";

import { EligibilityScreen } from "./eligibility-screen";

const StaffCaseEligibilityPage = async ({ params }: { params: Promise<{ caseId: string }> }) => (
  <StaffMessages of={["eligibility"]}>
    <EligibilityScreen caseId={(await params).caseId} />
  </StaffMessages>
);

export default StaffCaseEligibilityPage;
