"use client";

import { queryOptions } from "@tanstack/react-query";

import { api } from "@/lib/api-client";

import type { OwnPowers } from "./types";

export const powerKeys = { all: ["account", "powers"] as const };

export const powersQuery = queryOptions({
  queryKey: powerKeys.all,
  queryFn: ({ signal }) => api.get<OwnPowers>("/me/powers/", { signal }),
});
