import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { RequestList } from "@/features/specialist-desk/components/request-list";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("specialistDesk.nav"))("requests"),
});

const DeskRequestsPage = () => <RequestList />;

export default DeskRequestsPage;
