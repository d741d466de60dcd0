"use client";

import { queryOptions } from "@tanstack/react-query";

import { api } from "@/lib/api-client";

import type { RoleCatalogue } from "./types";

export const roleKeys = { all: ["staff", "roles"] as const };

export const rolesQuery = queryOptions({
  queryKey: [...roleKeys.all, "full"],
  queryFn: ({ signal }) => api.get<RoleCatalogue>("/roles/", { signal }),
});
