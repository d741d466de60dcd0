"use client";

import { queryOptions } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import { api } from "@/lib/api-client";

type Schemas = components["schemas"];

export type OwnOrganisation = Schemas["OrganisationDetail"];
export type Member = Schemas["MemberBody"];
export type MemberInvitation = Schemas["MemberInvitationBody"];
export type MemberList = Schemas["MemberList"];

export const organisationKeys = {
  all: ["own-organisation"] as const,
  card: (id: string) => [...organisationKeys.all, id, "card"] as const,
  people: (id: string) => [...organisationKeys.all, id, "people"] as const,
};

export const organisationQuery = (id: string) =>
  queryOptions({
    queryKey: organisationKeys.card(id),
    queryFn: ({ signal }) => api.get<OwnOrganisation>(`/organisations/${id}/`, { signal }),
  });

export const organisationPeopleQuery = (id: string) =>
  queryOptions({
    queryKey: organisationKeys.people(id),
    queryFn: ({ signal }) => api.get<MemberList>(`/organisations/${id}/people/`, { signal }),
  });
