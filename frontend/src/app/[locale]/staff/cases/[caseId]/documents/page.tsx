import { StaffMessages } from "@/app/[locale]/staff/staff-messages";

import { StaffDocumentsScreen } from "./documents-screen";

const StaffCaseDocumentsPage = async ({ params }: { params: Promise<{ caseId: string }> }) => (
  <StaffMessages of={["staff", "documentInterview"]}>
    <StaffDocumentsScreen caseId={(await params).caseId} />
  </StaffMessages>
);

export default StaffCaseDocumentsPage;
