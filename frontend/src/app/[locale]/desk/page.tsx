import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ProcedureList } from "@/features/specialist-desk/components/procedure-list";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("specialistDesk.nav"))("procedures"),
});

const DeskPage = () => <ProcedureList />;

export default DeskPage;
