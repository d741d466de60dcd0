import { queryOptions } from "@tanstack/react-query";

import type { Authorization } from "@/api/identity";
import { api } from "@/lib/api-client";

/** The query of the program goes on as it came: the server judges it again. */
export const authorizationQuery = (query: string) =>
  queryOptions({
    queryKey: ["oauth", "authorization", query],
    queryFn: ({ signal }) => api.get<Authorization>(`/oauth/authorization/?${query}`, { signal }),
    staleTime: Infinity,
    retry: false,
  });
