import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { SumsPage } from "@/features/specialist-desk/components/sums-page";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("specialistDesk.nav"))("sums"),
});

const DeskSumsPage = () => <SumsPage />;

export default DeskSumsPage;
