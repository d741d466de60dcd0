"use client";

import { useQuery } from "@tanstack/react-query";
import { Building2, ChartNoAxesColumn, Inbox } from "lucide-react";
import { useTranslations } from "next-intl";

import { WorkNav } from "@/components/work-nav";
import { can, sessionQuery } from "@/lib/session";
import { useHydrated } from "@/lib/use-hydrated";

import { roomCountsQuery } from "../queries";

/** Sections of the creditor's room; statistics and people are for administrators of the organisation. */
export const RoomNav = () => {
  const t = useTranslations("room.nav");
  const isHydrated = useHydrated();
  const { data } = useQuery(sessionQuery);
  const session = isHydrated ? data : undefined;
  const sees = can(session, "case.see_sent");
  const { data: counts } = useQuery({ ...roomCountsQuery, enabled: sees });
  const runs = can(session, "organisation.own");
  return (
    <WorkNav
      label={t("label")}
      links={[
        {
          href: "/creditor",
          label: t("letters"),
          icon: Inbox,
          count: counts ? counts.new + counts.overdue : undefined,
        },
        ...(runs
          ? [
              { href: "/creditor/figures", label: t("figures"), icon: ChartNoAxesColumn },
              { href: "/organisation", label: t("organisation"), icon: Building2 },
            ]
          : []),
      ]}
    />
  );
};
