"use client";

import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

type S = components["schemas"];
export type DeskCounts = S["DeskCounts"];
export type DeskProcedure = S["DeskProcedureRow"];
export type OpenRequest = S["OpenRequestRow"];
export type OwnProposal = S["OwnProposalRow"];
export type Session = S["SessionRow"];
export type OwnHost = S["OwnHost"];
export type HostInput = S["HostPageInputRequest"];
export type Absence = OwnHost["absences"][number];
export type HoursRule = S["HoursRule"];
export type ProposalInput = S["ProposalInputRequest"];

export const deskKeys = { all: ["desk"] as const };

const pages = <T extends { next_cursor: string | null }>(
  key: readonly unknown[],
  path: string,
  query: Record<string, string | boolean> = {},
) =>
  infiniteQueryOptions({
    queryKey: [...deskKeys.all, ...key, query],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => api.get<T>(path, { query: { ...query, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const deskCountsQuery = queryOptions({
  queryKey: [...deskKeys.all, "counts"],
  queryFn: ({ signal }) => api.get<DeskCounts>("/desk/counts/", { signal }),
});

export const deskProceduresQuery = (role: string, ended: boolean) =>
  pages<S["DeskProcedurePage"]>(["procedures"], "/desk/procedures/", { role, ended });
export const openRequestsQuery = () => pages<S["OpenRequestPage"]>(["requests"], "/desk/requests/");
export const ownProposalsQuery = () => pages<S["OwnProposalPage"]>(["proposals"], "/desk/proposals/");
export const ownSessionsQuery = () => pages<S["SessionPage"]>(["sessions"], "/desk/sessions/");

export const agreedSumsQuery = queryOptions({
  queryKey: [...deskKeys.all, "sums"],
  queryFn: ({ signal }) => api.get<S["AgreedSums"]>("/desk/sums/", { signal }),
});

export const ownHostQuery = (kind: string) =>
  queryOptions({
    queryKey: [...deskKeys.all, "page", kind],
    queryFn: ({ signal }) => api.get<OwnHost>(`/desk/pages/${kind}/`, { signal }),
  });

/** A POST of the desk; everything on it is read anew. */
export const useDeskPost = <Body extends object | undefined>(path: string, onDone: () => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: Body) => api.post(path, body, { idempotencyKey: keyFor(body ?? { path }) }),
    onSuccess: () => {
      renew();
      onDone();
    },
    onSettled: () => void queryClient.invalidateQueries({ queryKey: deskKeys.all }),
  });
};

export const useDeskDelete = (onDone: () => void) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (path: string) => api.delete(path),
    onSuccess: onDone,
    onSettled: () => void queryClient.invalidateQueries({ queryKey: deskKeys.all }),
  });
};

export const useDeskPut = <Body extends object>(path: string, onDone: () => void) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => api.put(path, body),
    onSuccess: onDone,
    onSettled: () => void queryClient.invalidateQueries({ queryKey: deskKeys.all }),
  });
};
