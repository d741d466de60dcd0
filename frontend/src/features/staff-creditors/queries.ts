"use client";

import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import type { CreditorHit, CreditorType, Page } from "@/api/types";
import { api } from "@/lib/api-client";

export interface CreditorAddress {
  id: string;
  kind: "email";
  value: string;
  status: "unverified" | "confirmed";
  confirmed_at: string | null;
}

export interface StaffCreditor {
  id: string;
  name: string;
  name_kk: string;
  name_en: string;
  type: CreditorType;
  type_label: string;
  bin: string | null;
  bic: string;
  status: "verified" | "unverified";
  addresses: CreditorAddress[];
  allowed_actions: string[];
}

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

export const creditorQuery = (creditorId: string) =>
  queryOptions({
    queryKey: creditorKeys.detail(creditorId),
    queryFn: ({ signal }) => api.get<StaffCreditor>(`/creditors/${creditorId}/`, { signal }),
  });
