import { StaffMessages } from "@/app/[locale]/staff/staff-messages";
import { ExportPanel } from "@/features/case-export/components/export-panel";
import { CaseConnections } from "@/features/case-links/components/case-connections";

const StaffConnectionsPage = async ({ params }: { params: Promise<{ caseId: string }> }) => {
  const { caseId } = await params;
  return (
    <StaffMessages of={["caseLinks", "caseExport"]}>
      <div className="flex w-full max-w-4xl flex-col gap-4 p-4">
        <CaseConnections caseId={caseId} />
        <ExportPanel caseId={caseId} hasInternalNotes />
      </div>
    </StaffMessages>
  );
};

export default StaffConnectionsPage;
