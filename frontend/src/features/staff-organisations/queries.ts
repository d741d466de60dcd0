"use client";

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import type { Page } from "@/api/types";
import { api } from "@/lib/api-client";

import type { Members, Organisation, OrganisationRow } from "./types";

export const organisationKeys = {
  all: ["staff", "organisations"] as const,
  detail: (id: string) => ["staff", "organisations", "one", id] as const,
  people: (id: string) => ["staff", "organisations", "one", id, "people"] as const,
};

export const organisationsQuery = (filters: { kind: string; status: string }, words: string) =>
  infiniteQueryOptions({
    queryKey: [...organisationKeys.all, "list", filters, words],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<OrganisationRow>>("/organisations/", {
        query: { ...filters, query: words, limit: 40, cursor: pageParam },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
  });

export const organisationQuery = (id: string) =>
  queryOptions({
    queryKey: [...organisationKeys.detail(id), "detail"],
    queryFn: ({ signal }) => api.get<Organisation>(`/organisations/${id}/`, { signal }),
  });

export const membersQuery = (id: string) =>
  queryOptions({
    queryKey: organisationKeys.people(id),
    queryFn: ({ signal }) => api.get<Members>(`/organisations/${id}/people/`, { signal }),
  });
