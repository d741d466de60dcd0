import { StaffMessages } from "@/app/[locale]/staff/staff-messages";

import { StaffInterviewScreen } from "../../documents-screen";

interface PageProps {
  params: Promise<{ caseId: string; draftId: string }>;
}

const StaffInterviewPage = async ({ params }: PageProps) => (
  <StaffMessages of={["documentInterview"]}>
    <StaffInterviewScreen {...await params} />
  </StaffMessages>
);

export default StaffInterviewPage;
