import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";
import { NextSteps } from "@/features/case-terms/components/next-steps";
import { CaseTerms } from "@/features/cases/components/case-views";

interface PageProps {
  params: Promise<{ caseId: string }>;
}

const CaseTermsPage = async ({ params }: PageProps) => {
  const { caseId } = await params;
  return (
    <ClientMessages namespaces={[...SHELL_NAMESPACES, "cases", "caseTerms"]}>
      <NextSteps caseId={caseId} />
      <CaseTerms caseId={caseId} />
    </ClientMessages>
  );
};

export default CaseTermsPage;
