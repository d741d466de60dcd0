"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";

import { PaletteHost } from "@/features/command-palette/components/palette-host";
import { useStaff } from "@/features/staff-shell/components/staff-gate";
import { openGroups } from "@/features/staff-shell/navigation";

/** Letters after g. Sections without one are found by name. */
const LETTERS: Record<string, string> = {
  cases: "c",
  jobs: "j",
  newCase: "n",
  creditors: "k",
  terms: "t",
  people: "p",
  organisations: "o",
  checks: "h",
};

/** The palette with the sections that this person may open. */
export const StaffPalette = () => {
  const t = useTranslations("staffNav");
  const palette = useTranslations("palette");
  const { abilities } = useStaff();
  const sections = useMemo(() => {
    const entries = openGroups(abilities).flatMap((group) => group.entries);
    const shown = entries.map(({ key, href }) => ({
      key,
      href,
      title: t(key),
      letter: LETTERS[key],
    }));
    const jobs = { key: "jobs", href: "/staff/cases/jobs", title: palette("jobs"), letter: LETTERS.jobs };
    const fresh = {
      key: "newCase",
      href: "/staff/cases/new",
      title: palette("newCase"),
      letter: LETTERS.newCase,
    };
    return [
      ...shown,
      ...(entries.some(({ key }) => key === "cases") ? [jobs] : []),
      ...(abilities.includes("case.file_for_others") ? [fresh] : []),
    ];
  }, [abilities, palette, t]);
  return <PaletteHost sections={sections} seesCases={sections.some(({ key }) => key === "cases")} />;
};
