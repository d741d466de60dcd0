"use client";

import { infiniteQueryOptions } from "@tanstack/react-query";

import type { Page } from "@/api/types";
import { api } from "@/lib/api-client";

import type { ActivityEntry } from "./types";

const firstPage = (): string | null => null;

export const activityQuery = infiniteQueryOptions({
  queryKey: ["account", "activity"],
  queryFn: ({ signal, pageParam }) =>
    api.get<Page<ActivityEntry>>("/me/security-log/", { query: { limit: 20, cursor: pageParam }, signal }),
  initialPageParam: firstPage(),
  getNextPageParam: (page) => page.next_cursor,
});
