import { StaffMessages } from "@/app/[locale]/staff/staff-messages";

import { ProceduresScreen } from "./procedures-screen";

const StaffCaseProceduresPage = async ({ params }: { params: Promise<{ caseId: string }> }) => (
  <StaffMessages of={["procedures"]}>
    <ProceduresScreen caseId={(await params).caseId} />
  </StaffMessages>
);

export default StaffCaseProceduresPage;
