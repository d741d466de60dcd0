import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { OwnPage } from "@/features/specialist-desk/components/own-page";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("specialistDesk.nav"))("page"),
});

const DeskOwnPage = () => <OwnPage />;

export default DeskOwnPage;
