import { CaseTerms } from "@/features/cases/components/case-views";

interface PageProps {
  params: Promise<{ caseId: string }>;
}

const CaseTermsPage = async ({ params }: PageProps) => <CaseTerms caseId={(await params).caseId} />;

export default CaseTermsPage;
