"use client";

import { useTranslations } from "next-intl";

import { Desk, PageHead } from "@/components/desk/page-head";
import { Tabs } from "@/components/desk/tabs";
import { BookingList } from "@/features/consultations/components/booking-list";
import { HostPage } from "@/features/specialist-desk/components/own-page";
import { useUrlFilters } from "@/lib/use-url-filters";

const FILTERS = ["part"] as const;
const PARTS = ["booked", "times"] as const;

/** Free consultations of Kenes Hub: what is booked, and the hours, absences and page of the platform as their host. */
export const ConsultationsScreen = () => {
  const t = useTranslations("hostTimes.platform");
  const { get, set } = useUrlFilters(FILTERS);
  const part = PARTS.find((name) => name === get("part")) ?? "booked";
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} />
      <Tabs
        label={t("parts")}
        value={part}
        tabs={PARTS.map((value) => ({ value, label: t(value) }))}
        onValue={(value) => set({ part: value })}
      />
      {part === "booked" ? <BookingList asHost /> : <HostPage kind="platform" />}
    </Desk>
  );
};
