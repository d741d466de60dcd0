"use client";

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import type { Page } from "@/api/types";
import { api } from "@/lib/api-client";

import type { Program, Scope } from "./types";

export const programKeys = { all: ["staff", "programs"] as const };

export const programsQuery = infiniteQueryOptions({
  queryKey: [...programKeys.all, "list"],
  queryFn: ({ pageParam, signal }) =>
    api.get<Page<Program>>("/programs/", { query: { limit: 30, cursor: pageParam }, signal }),
  initialPageParam: "",
  getNextPageParam: (last) => last.next_cursor,
});

export const scopesQuery = queryOptions({
  queryKey: ["scopes"],
  queryFn: ({ signal }) => api.get<{ items: Scope[] }>("/scopes/", { signal }),
  staleTime: 300_000,
});

/** Whom a program may belong to. */
export const programOrganisationsQuery = queryOptions({
  queryKey: [...programKeys.all, "organisations"],
  queryFn: ({ signal }) =>
    api.get<Page<components["schemas"]["OrganisationRow"]>>("/organisations/", {
      query: { status: "open", limit: 100 },
      signal,
    }),
  staleTime: 60_000,
});
