"use client";

import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";

import type { Page } from "@/api/types";
import { api } from "@/lib/api-client";

import type { Power, SpecialistEntry } from "./types";

export const checkKeys = { all: ["staff", "checks"] as const };

export const specialistsQuery = (filters: { status: string; kind: string }) =>
  infiniteQueryOptions({
    queryKey: [...checkKeys.all, "specialists", filters],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<SpecialistEntry>>("/specialists/", {
        query: { ...filters, limit: 20, cursor: pageParam },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
  });

export const powersQuery = (status: string) =>
  infiniteQueryOptions({
    queryKey: [...checkKeys.all, "powers", status],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Power>>("/powers/", { query: { status, limit: 20, cursor: pageParam }, signal }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
  });
