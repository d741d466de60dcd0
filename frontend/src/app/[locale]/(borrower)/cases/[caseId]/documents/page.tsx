import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";
import { DocumentList } from "@/features/documents/components/document-list";

interface PageProps {
  params: Promise<{ caseId: string }>;
}

const CaseDocumentsPage = async ({ params }: PageProps) => (
  <ClientMessages namespaces={[...SHELL_NAMESPACES, "documents"]}>
    <DocumentList caseId={(await params).caseId} />
  </ClientMessages>
);

export default CaseDocumentsPage;
