import { StaffMessages } from "@/app/[locale]/staff/staff-messages";

import { StaffDocumentScreen } from "../documents-screen";

interface PageProps {
  params: Promise<{ caseId: string; documentId: string }>;
}

const StaffDocumentPage = async ({ params }: PageProps) => (
  <StaffMessages of={["documents", "viewer", "signers", "evidence"]}>
    <StaffDocumentScreen {...await params} />
  </StaffMessages>
);

export default StaffDocumentPage;
