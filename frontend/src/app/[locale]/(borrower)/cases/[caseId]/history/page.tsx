import { Timeline } from "@/features/cases/components/timeline";

interface PageProps {
  params: Promise<{ caseId: string }>;
}

const CaseHistoryPage = async ({ params }: PageProps) => <Timeline caseId={(await params).caseId} />;

export default CaseHistoryPage;
