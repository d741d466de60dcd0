"use client";

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import type { Page } from "@/api/types";
import { api } from "@/lib/api-client";

import type {
  HistoryEntry,
  Organisation,
  PersonDetail,
  PersonRow,
  PersonStatus,
  RoleCatalogue,
} from "./types";

const PAGE_SIZE = 40;

export interface PeopleFilters {
  role: string;
  status: PersonStatus | "";
  organisation: string;
}

export const peopleKeys = {
  all: ["staff", "people"] as const,
  lists: ["staff", "people", "list"] as const,
  person: (personId: string) => ["staff", "people", "one", personId] as const,
  history: (personId: string) => [...peopleKeys.person(personId), "history"] as const,
};

/** Always by POST: the words may be a name, an e-mail or a number of a person, and addresses are written to logs. */
export const peopleQuery = (filters: PeopleFilters, words: string) =>
  infiniteQueryOptions({
    queryKey: [...peopleKeys.lists, filters, words],
    queryFn: ({ pageParam, signal }) =>
      api.post<Page<PersonRow>>(
        "/people/search/",
        {
          query: words,
          roles: filters.role ? [filters.role] : [],
          status: filters.status || null,
          organisation_id: filters.organisation || null,
          limit: PAGE_SIZE,
          ...(pageParam ? { cursor: pageParam } : {}),
        },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
  });

export const roleCatalogueQuery = queryOptions({
  queryKey: ["staff", "roles", "catalogue"],
  queryFn: ({ signal }) => api.get<RoleCatalogue>("/roles/", { signal }),
  staleTime: 60_000,
});

export const organisationOptionsQuery = queryOptions({
  queryKey: ["staff", "organisations", "options"],
  queryFn: ({ signal }) => api.get<Page<Organisation>>("/organisations/", { query: { limit: 100 }, signal }),
  staleTime: 60_000,
});

export const personQuery = (personId: string) =>
  queryOptions({
    queryKey: [...peopleKeys.person(personId), "detail"],
    queryFn: ({ signal }) => api.get<PersonDetail>(`/people/${personId}/`, { signal }),
  });

export const historyQuery = (personId: string) =>
  infiniteQueryOptions({
    queryKey: peopleKeys.history(personId),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<HistoryEntry>>(`/people/${personId}/history/`, {
        query: { limit: 20, cursor: pageParam },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
  });
