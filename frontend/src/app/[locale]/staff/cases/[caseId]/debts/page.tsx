import { StaffMessages } from "@/app/[locale]/staff/staff-messages";
import { StaffDebts } from "@/features/case-debts/components/staff-debts";

const StaffDebtsPage = async ({ params }: { params: Promise<{ caseId: string }> }) => (
  <StaffMessages of={["caseDebts", "schedules"]}>
    <StaffDebts caseId={(await params).caseId} />
  </StaffMessages>
);

export default StaffDebtsPage;
