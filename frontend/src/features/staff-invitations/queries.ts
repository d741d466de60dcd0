"use client";

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import type { Page } from "@/api/types";
import { api } from "@/lib/api-client";

import type { Invitation, RoleCatalogue } from "./types";

export const invitationKeys = { all: ["staff", "invitations"] as const };

export const invitationsQuery = infiniteQueryOptions({
  queryKey: [...invitationKeys.all, "list"],
  queryFn: ({ pageParam, signal }) =>
    api.get<Page<Invitation>>("/invitations/", { query: { limit: 40, cursor: pageParam }, signal }),
  initialPageParam: "",
  getNextPageParam: (last) => last.next_cursor,
});

export const roleChoicesQuery = queryOptions({
  queryKey: ["staff", "roles", "choices"],
  queryFn: ({ signal }) => api.get<RoleCatalogue>("/roles/", { signal }),
  staleTime: 60_000,
});
