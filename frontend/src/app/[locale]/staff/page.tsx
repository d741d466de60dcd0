import { redirect } from "next/navigation";

const StaffPage = async ({ params }: { params: Promise<{ locale: string }> }) =>
  redirect(`/${(await params).locale}/staff/cases`);

export default StaffPage;
