import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type DebtList = Schemas["DebtList"];
export type Debt = Schemas["DebtItem"];
export type DebtDetail = Schemas["DebtDetail"];
export type Split = Schemas["DebtSplitItem"];
export type Check = Schemas["DebtCheck"];
export type Schedule = Schemas["DebtScheduleDetail"];
export type ScheduleSummary = Schemas["DebtScheduleSummary"];
export type ScheduleRow = Schemas["DebtScheduleRow"];
export type ScheduleKind = Schemas["ScheduleKindCode"];
export type Preview = Schemas["SchedulePreview"];
