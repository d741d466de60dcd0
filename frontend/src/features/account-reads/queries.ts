"use client";

import { infiniteQueryOptions } from "@tanstack/react-query";

import type { Page } from "@/api/types";
import { api } from "@/lib/api-client";

import type { DataRead } from "./types";

const firstPage = (): string | null => null;

export const readsQuery = infiniteQueryOptions({
  queryKey: ["account", "reads"],
  queryFn: ({ signal, pageParam }) =>
    api.get<Page<DataRead>>("/me/reads/", { query: { limit: 20, cursor: pageParam }, signal }),
  initialPageParam: firstPage(),
  getNextPageParam: (page) => page.next_cursor,
});
