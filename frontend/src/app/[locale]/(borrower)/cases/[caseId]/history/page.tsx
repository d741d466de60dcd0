import { ClientMessages, SHELL_NAMESPACES } from "@/components/client-messages";
import { ExportPanel } from "@/features/case-export/components/export-panel";
import { ReportFact } from "@/features/cases/components/report-fact";
import { Timeline } from "@/features/cases/components/timeline";

interface PageProps {
  params: Promise<{ caseId: string }>;
  searchParams: Promise<{ report?: string | string[] }>;
}

const CaseHistoryPage = async ({ params, searchParams }: PageProps) => {
  const { caseId } = await params;
  const { report } = await searchParams;
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      <ReportFact caseId={caseId} startsOpen={report === "1"} />
      <Timeline caseId={caseId} />
      <ClientMessages namespaces={[...SHELL_NAMESPACES, "caseExport"]}>
        <ExportPanel caseId={caseId} />
      </ClientMessages>
    </div>
  );
};

export default CaseHistoryPage;
