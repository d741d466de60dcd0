"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";

import { EmptyState } from "@/components/state-panels";
import { useRouter } from "@/lib/i18n/navigation";

import { openGroups } from "../navigation";
import { useStaff } from "./staff-gate";

/** Leads to the first section that this person has; says so when there is none. */
export const StaffHome = () => {
  const t = useTranslations("staffNav");
  const router = useRouter();
  const { abilities } = useStaff();
  const first = openGroups(abilities)[0]?.entries[0]?.href;
  useEffect(() => {
    if (first) router.replace(first);
  }, [first, router]);
  if (first) return null;
  return (
    <div className="p-6">
      <EmptyState title={t("nothingTitle")} text={t("nothingText")} />
    </div>
  );
};
