import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Comparison = Schemas["ComparisonItem"];
export type Plan = Schemas["PlanItem"];
export type PlanRow = Schemas["PlanRowItem"];
export type CheckLine = Schemas["DebtCheckLine"];
export type LawRate = Schemas["LawRateItem"];
