import { queryOptions } from "@tanstack/react-query";

import type { Factors } from "@/api/identity";
import { api } from "@/lib/api-client";

export const factorsKey = ["security", "factors"] as const;

/** A person's own second factors, and whether the roles of the person need one. */
export const factorsQuery = queryOptions({
  queryKey: factorsKey,
  queryFn: ({ signal }) => api.get<Factors>("/me/second-factors/", { signal }),
});
