import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { MySignaturesCard } from "@/app/[locale]/my-signatures";
import { ProcedureList } from "@/features/specialist-desk/components/procedure-list";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("specialistDesk.nav"))("procedures"),
});

const DeskPage = () => (
  <div className="flex flex-col gap-4">
    <MySignaturesCard />
    <ProcedureList />
  </div>
);

export default DeskPage;
