"use client";

import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import type { CreditorHit, Page } from "@/api/types";
import { api } from "@/lib/api-client";

export type StaffCreditor = components["schemas"]["CreditorDetail"];
export type CreditorAddress = StaffCreditor["addresses"][number];

export const creditorKeys = {
  all: ["staff", "creditors"] as const,
  search: (words: string) => [...creditorKeys.all, "search", words] as const,
  detail: (creditorId: string) => [...creditorKeys.all, "detail", creditorId] as const,
};

export const creditorSearchQuery = (words: string) =>
  queryOptions({
    queryKey: creditorKeys.search(words),
    queryFn: ({ signal }) =>
      api.get<Page<CreditorHit>>("/creditors/", { query: { query: words, limit: 50 }, signal }),
    placeholderData: keepPreviousData,
  });

type OrganisationPage = components["schemas"]["OrganisationPage"];

/** Organisations of lenders that work here, for the choice on a lender's card. */
export const organisationsQuery = queryOptions({
  queryKey: [...creditorKeys.all, "organisations"],
  queryFn: ({ signal }) =>
    api.get<OrganisationPage>("/organisations/", {
      query: { kind: "creditor", status: "open", limit: 100 },
      signal,
    }),
});

export const creditorQuery = (creditorId: string) =>
  queryOptions({
    queryKey: creditorKeys.detail(creditorId),
    queryFn: ({ signal }) => api.get<StaffCreditor>(`/creditors/${creditorId}/`, { signal }),
  });
