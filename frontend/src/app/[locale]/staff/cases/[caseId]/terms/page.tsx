import { StaffMessages } from "@/app/[locale]/staff/staff-messages";

import { CaseTermsScreen } from "./terms-screen";

const StaffCaseTermsPage = async ({ params }: { params: Promise<{ caseId: string }> }) => (
  <StaffMessages of={["caseTerms"]}>
    <CaseTermsScreen caseId={(await params).caseId} />
  </StaffMessages>
);

export default StaffCaseTermsPage;
