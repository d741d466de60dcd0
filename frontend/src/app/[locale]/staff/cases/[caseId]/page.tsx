import { CaseScreen } from "./case-screen";

const StaffCasePage = async ({ params }: { params: Promise<{ caseId: string }> }) => (
  <CaseScreen caseId={(await params).caseId} />
);

export default StaffCasePage;
