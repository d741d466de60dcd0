"use client";

import { useQuery } from "@tanstack/react-query";
import { CalendarDays, FolderOpen, Handshake, IdCard, Search, Wallet } from "lucide-react";
import { useTranslations } from "next-intl";

import { WorkNav } from "@/components/work-nav";
import { can, sessionQuery } from "@/lib/session";
import { useHydrated } from "@/lib/use-hydrated";

import { deskCountsQuery } from "../queries";

/** Sections of the desk by what the specialist may do. */
export const DeskNav = () => {
  const t = useTranslations("specialistDesk.nav");
  const isHydrated = useHydrated();
  const { data } = useQuery(sessionQuery);
  const session = isHydrated ? data : undefined;
  const { data: counts } = useQuery({ ...deskCountsQuery, enabled: can(session, "desk.enter") });
  const total = counts ? Object.values(counts.procedures).reduce((sum, one) => sum + one, 0) : undefined;
  return (
    <WorkNav
      label={t("label")}
      links={[
        { href: "/desk", label: t("procedures"), icon: FolderOpen, count: total },
        ...(can(session, "proposal.make")
          ? [
              { href: "/desk/requests", label: t("requests"), icon: Search, count: counts?.requests },
              { href: "/desk/proposals", label: t("proposals"), icon: Handshake, count: counts?.proposals },
            ]
          : []),
        ...(can(session, "consultation.host")
          ? [
              {
                href: "/desk/consultations",
                label: t("consultations"),
                icon: CalendarDays,
                count: counts?.consultations,
              },
              { href: "/desk/page", label: t("page"), icon: IdCard },
              { href: "/desk/sums", label: t("sums"), icon: Wallet },
            ]
          : []),
      ]}
    />
  );
};
