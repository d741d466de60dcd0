"use client";

import { useTranslations } from "next-intl";

import { Desk, PageHead } from "@/components/desk/page-head";
import { Tabs } from "@/components/desk/tabs";
import { ProblemState } from "@/components/state-panels";
import { Problem } from "@/lib/problem";
import { useUrlFilters } from "@/lib/use-url-filters";

import { PowerQueue } from "./power-queue";
import { SpecialistQueue } from "./specialist-queue";

const ADDRESS = ["tab", "status", "kind"] as const;
const TABS = [
  { value: "specialists", needs: "specialist.check" },
  { value: "powers", needs: "power.check" },
] as const;

/** What waits for a person of ours: licences of specialists and powers of attorney. */
export const CheckPage = ({ abilities }: { abilities: readonly string[] }) => {
  const t = useTranslations("staffChecks");
  const { get, set } = useUrlFilters(ADDRESS);
  const open = TABS.filter(({ needs }) => abilities.includes(needs));
  const current = open.find(({ value }) => value === get("tab")) ?? open[0];
  if (!current) {
    return (
      <div className="p-6">
        <ProblemState error={new Problem(403, {})} />
      </div>
    );
  }
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} />
      {open.length > 1 && (
        <Tabs
          label={t("tabs")}
          value={current.value}
          tabs={open.map(({ value }) => ({ value, label: t(`tab.${value}`) }))}
          onValue={(tab) => set({ tab, status: "", kind: "" })}
        />
      )}
      {current.value === "powers" ? <PowerQueue /> : <SpecialistQueue />}
    </Desk>
  );
};
