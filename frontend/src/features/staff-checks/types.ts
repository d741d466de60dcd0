import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type SpecialistEntry = Schemas["SpecialistRow"];
export type Power = Schemas["Power"];

export const SPECIALIST_KINDS = [
  "lawyer",
  "mediator",
  "notary",
] as const satisfies readonly Schemas["SpecialistKindCode"][];

export const SPECIALIST_STATUSES = [
  "submitted",
  "approved",
  "rejected",
  "suspended",
  "expired",
] as const satisfies readonly Schemas["SpecialistStatusCode"][];

export const POWER_STATUSES = [
  "submitted",
  "active",
  "rejected",
  "revoked",
  "expired",
] as const satisfies readonly Schemas["PowerStatusCode"][];

export const DECISIONS = ["approve", "reject", "suspend"] as const;
export type Decision = (typeof DECISIONS)[number];
