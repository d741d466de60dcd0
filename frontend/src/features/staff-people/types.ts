import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type PersonStatus = Schemas["PersonStatusCode"];
export type PersonRow = Schemas["PersonRowBody"];
export type PersonDetail = Schemas["PersonDetailBody"];
export type PersonAction = PersonDetail["allowed_actions"][number];
export type PersonGrant = PersonDetail["grants"][number];
export type HistoryEntry = Schemas["HistoryItemBody"];
export type Revealed = Schemas["PersonRevealed"];
export type RoleCatalogue = Schemas["RolesBody"];
export type Organisation = Schemas["OrganisationRow"];
