import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Ability = Schemas["AbilityBody"];
export type CustomRole = Schemas["CustomRoleBody"];
export type RoleCatalogue = Schemas["RolesBody"];
