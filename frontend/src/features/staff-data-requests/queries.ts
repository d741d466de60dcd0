"use client";

import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";

import type { Page } from "@/api/types";
import { api } from "@/lib/api-client";

import type { DataRequest } from "./types";

const RUNNING_LOOK_MS = 3_000;

export const dataRequestKeys = { all: ["staff", "data-requests"] as const };

/** While something runs the list is read again every few seconds, so that its progress moves by itself. */
export const dataRequestsQuery = (filters: { status: string; kind: string }) =>
  infiniteQueryOptions({
    queryKey: [...dataRequestKeys.all, "list", filters],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<DataRequest>>("/data-requests/", {
        query: { ...filters, limit: 30, cursor: pageParam },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some(({ status }) => status === "running"))
        ? RUNNING_LOOK_MS
        : false,
  });
