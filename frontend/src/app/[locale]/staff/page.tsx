import { StaffHome } from "@/features/staff-shell/components/staff-home";

const StaffPage = () => <StaffHome />;

export default StaffPage;
