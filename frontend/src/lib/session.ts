"use client";

import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

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

/** Whether the person may do what this ability names; permission itself is always the server's matter. */
export const can = (session: Session | undefined, ability: string): boolean =>
  session?.user?.abilities.includes(ability) ?? false;

export const useCan = (ability: string): boolean => {
  const { data: session } = useQuery(sessionQuery);
  return can(session, ability);
};

/** Staff whose rights wait for a second factor: nothing but setting it up is open to them. */
export const isHeldBack = (session: Session | undefined): boolean =>
  session?.user?.held_back === "second_factor";

/** Where a person lands after signing in. */
export const isStaffSession = (session: Session): boolean =>
  isHeldBack(session) || can(session, "staff.area");
