import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { Desk, PageHead } from "@/components/desk/page-head";
import { BookingList } from "@/features/consultations/components/booking-list";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("specialistDesk.nav"))("consultations"),
});

const DeskConsultationsPage = async () => {
  const t = await getTranslations("specialistDesk.nav");
  return (
    <Desk>
      <PageHead title={t("consultations")} lead={t("consultationsLead")} />
      <BookingList asHost />
    </Desk>
  );
};

export default DeskConsultationsPage;
