import { StaffMessages } from "@/app/[locale]/staff/staff-messages";

import { CasePeopleScreen } from "./people-screen";

const StaffCasePeoplePage = async ({ params }: { params: Promise<{ caseId: string }> }) => (
  <StaffMessages of={["parties", "partyInvitations", "caseWork"]}>
    <CasePeopleScreen caseId={(await params).caseId} />
  </StaffMessages>
);

export default StaffCasePeoplePage;
