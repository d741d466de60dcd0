"use client";

import { queryOptions } from "@tanstack/react-query";

import { api } from "@/lib/api-client";

import type { OwnSpecialists } from "./types";

export const specialistKeys = { all: ["account", "specialist"] as const };

export const ownSpecialistsQuery = queryOptions({
  queryKey: specialistKeys.all,
  queryFn: ({ signal }) => api.get<OwnSpecialists>("/me/specialist/", { signal }),
});
