"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { Session } from "@/api/types";
import { api } from "@/lib/api-client";
import { forgetDevice } from "@/lib/device-storage";

export const sessionKey = ["session"] as const;

export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: ({ signal }) => api.get<Session>("/session/", { signal }),
  staleTime: 60_000,
});

/** Puts a fresh session in place and forgets what the person before could see. */
export const useEnterSession = () => {
  const queryClient = useQueryClient();
  return (session: Session) => {
    queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
    queryClient.setQueryData(sessionKey, session);
  };
};

export const useSignOut = (onDone: () => void) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<undefined>("/auth/logout/"),
    onSuccess: () => {
      queryClient.clear();
      forgetDevice();
      onDone();
    },
  });
};

const STAFF_ROLES = new Set(["manager", "supervisor", "admin", "accountant", "content_editor"]);

/** Where a person lands after signing in; permission itself is the server's matter. */
export const isStaffSession = (session: Session): boolean =>
  session.user?.roles.some((role) => STAFF_ROLES.has(role)) ?? false;
