"use client";

import { queryOptions } from "@tanstack/react-query";

import { api } from "@/lib/api-client";

import type { Profile } from "./types";

export const profileKeys = {
  all: ["account", "profile"] as const,
};

export const profileQuery = queryOptions({
  queryKey: profileKeys.all,
  queryFn: ({ signal }) => api.get<Profile>("/me/profile/", { signal }),
});
