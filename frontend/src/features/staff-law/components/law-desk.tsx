"use client";

import { useTranslations } from "next-intl";

import { Desk, PageHead } from "@/components/desk/page-head";
import { Tabs } from "@/components/desk/tabs";
import { useUrlFilters } from "@/lib/use-url-filters";

import { type Part, PARTS } from "../types";
import { CalendarPart } from "./calendar-part";
import { ChangePage } from "./change-page";
import { ChangesPart } from "./changes-part";
import { FiguresPart } from "./figures-part";
import { RulePage } from "./rule-page";
import { RulesPart } from "./rules-part";

const FILTERS = ["part", "rule", "change", "year"] as const;

interface LawDeskProps {
  abilities: readonly string[];
  today: string;
}

/** Rules with their editions, the calendar of a year, figures of the budget law, and proposals to change any of them. */
export const LawDesk = ({ abilities, today }: LawDeskProps) => {
  const t = useTranslations("staffLaw");
  const { get, set } = useUrlFilters(FILTERS);
  const edits = abilities.includes("law.edit");
  const sees = edits || abilities.includes("law.approve");
  const parts = PARTS.filter((name) => sees || name !== "changes");
  const part: Part = parts.find((name) => name === get("part")) ?? "rules";
  const openChange = (id: string) => set({ change: id, part: "changes", rule: "" });
  if (sees && get("change")) {
    return <ChangePage changeId={get("change")} onBack={() => set({ change: "", part: "changes" })} />;
  }
  if (get("rule")) {
    return (
      <RulePage
        ruleKey={get("rule")}
        canPropose={edits}
        today={today}
        onProposed={openChange}
        onBack={() => set({ rule: "" })}
      />
    );
  }
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} />
      <Tabs
        label={t("parts")}
        value={part}
        tabs={parts.map((value) => ({ value, label: t(`part.${value}`) }))}
        onValue={(value) => set({ part: value })}
      />
      {part === "rules" && <RulesPart onRule={(rule) => set({ rule })} />}
      {part === "calendar" && (
        <CalendarPart
          year={Number(get("year")) || Number(today.slice(0, 4))}
          canPropose={edits}
          onYear={(year) => set({ year: String(year) })}
          onProposed={openChange}
        />
      )}
      {part === "figures" && <FiguresPart canPropose={edits} onProposed={openChange} />}
      {part === "changes" && <ChangesPart onChange={openChange} />}
    </Desk>
  );
};
