import { queryOptions } from "@tanstack/react-query";

import type { InvitationLook } from "@/api/identity";
import { api } from "@/lib/api-client";

/** By POST: a token does not belong into an address. */
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ["invitation", token],
    queryFn: ({ signal }) => api.post<InvitationLook>("/invitations/look/", { token }, { signal }),
    staleTime: Infinity,
  });
