import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Invitation = Schemas["InvitationBody"];
export type InvitationStatus = Invitation["status"];
export type RoleCatalogue = Schemas["RolesBody"];
