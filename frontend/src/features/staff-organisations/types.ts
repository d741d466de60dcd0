import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type OrganisationRow = Schemas["OrganisationRow"];
export type Organisation = Schemas["OrganisationDetail"];
export type OrganisationKind = Schemas["OrganisationKindCode"];
export type OrganisationStatus = Schemas["OrganisationStatusCode"];
export type Members = Schemas["MemberList"];
export type Member = Members["items"][number];
export type MemberInvitation = Members["invitations"][number];

export const KINDS = [
  "creditor",
  "law_office",
  "mediation_centre",
  "ombudsman",
  "platform",
] as const satisfies readonly OrganisationKind[];

export const STATUSES = ["open", "unchecked", "closed"] as const satisfies readonly OrganisationStatus[];
