import { DocumentList } from "@/features/documents/components/document-list";

interface PageProps {
  params: Promise<{ caseId: string }>;
}

const CaseDocumentsPage = async ({ params }: PageProps) => <DocumentList caseId={(await params).caseId} />;

export default CaseDocumentsPage;
