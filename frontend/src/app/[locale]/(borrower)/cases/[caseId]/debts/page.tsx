import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";
import { OwnDebts } from "@/features/case-debts/components/own-debts";

interface PageProps {
  params: Promise<{ caseId: string }>;
}

const CaseDebtsPage = async ({ params }: PageProps) => (
  <ClientMessages namespaces={[...SHELL_NAMESPACES, "caseDebts", "schedules"]}>
    <OwnDebts caseId={(await params).caseId} />
  </ClientMessages>
);

export default CaseDebtsPage;
