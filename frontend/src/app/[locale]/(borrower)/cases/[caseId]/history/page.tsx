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
      <ExportPanel caseId={caseId} />
    </div>
  );
};

export default CaseHistoryPage;
