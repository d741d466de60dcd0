import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { RequestList } from "@/features/staff-data-requests/components/request-list";

import { StaffMessages } from "../staff-messages";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("staffDataRequests"))("title"),
});

const StaffDataRequestsPage = () => (
  <StaffMessages of={["staffDataRequests"]}>
    <RequestList />
  </StaffMessages>
);

export default StaffDataRequestsPage;
