import { CaseMore } from "@/features/cases/components/case-more";

const CaseMorePage = async ({ params }: { params: Promise<{ caseId: string }> }) => (
  <CaseMore caseId={(await params).caseId} />
);

export default CaseMorePage;
