import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";

import { DocumentsScreen } from "./documents-screen";

interface PageProps {
  params: Promise<{ caseId: string }>;
}

const CaseDocumentsPage = async ({ params }: PageProps) => (
  <ClientMessages namespaces={[...SHELL_NAMESPACES, "cases", "documents", "documentInterview"]}>
    <DocumentsScreen caseId={(await params).caseId} />
  </ClientMessages>
);

export default CaseDocumentsPage;
