import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type TemplateKind = Schemas["TemplateKind"];
export type TemplateKindDetail = Schemas["TemplateKindDetail"];
export type TemplateLanguage = Schemas["TemplateLanguage"];
export type VersionBrief = Schemas["TemplateVersionBrief"];
export type Version = Schemas["TemplateVersionDetail"];
export type TemplateProblem = Schemas["TemplateProblem"];
export type Difference = Schemas["TemplateDifference"];
export type Change = Schemas["TemplateChange"];
export type Trial = Schemas["TemplateTrialItem"];
export type Sample = Trial["sample"];
export type Variable = Schemas["TemplateVariable"];
export type VariableList = Schemas["TemplateVariableList"];

export const PARTS = ["overview", "preview", "changes"] as const;
export type Part = (typeof PARTS)[number];
