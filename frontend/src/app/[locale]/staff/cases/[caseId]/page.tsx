import { StaffMessages } from "@/app/[locale]/staff/staff-messages";

import { CaseScreen } from "./case-screen";

const StaffCasePage = async ({ params }: { params: Promise<{ caseId: string }> }) => (
  <StaffMessages
    of={[
      "staff",
      "upload",
      "camera",
      "viewer",
      "casePapers",
      "caseExtraction",
      "schedules",
      "procedures",
      "storyCodes",
    ]}
  >
    <CaseScreen caseId={(await params).caseId} />
  </StaffMessages>
);

export default StaffCasePage;
