import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Rule = Schemas["LawRule"];
export type RuleList = Schemas["LawRuleList"];
export type Edition = Schemas["LawEdition"];
export type CalendarYear = Schemas["LawCalendarYear"];
export type CalendarDay = Schemas["LawCalendarDay"];
export type IndexList = Schemas["LawIndexList"];
export type LawChange = Schemas["LawChangeItem"];
export type Impact = Schemas["LawImpact"];

export const PARTS = ["rules", "calendar", "figures", "changes"] as const;
export type Part = (typeof PARTS)[number];

export type DayKind = "day_off" | "workday" | "plain";
