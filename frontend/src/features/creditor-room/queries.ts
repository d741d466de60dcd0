"use client";

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api } from "@/lib/api-client";

import type { RoomCounts, RoomFigures, RoomLetterDetail, RoomLetterPage, RoomLists } from "./types";

export interface LetterFilters {
  tab: string;
  assignee: string;
  sort: string;
  /** Words stay out of addresses: they may name a person. */
  words: string;
}

export const roomKeys = {
  all: ["room"] as const,
  list: (filters: LetterFilters) => [...roomKeys.all, "letters", filters] as const,
  letter: (letterId: string) => [...roomKeys.all, "letter", letterId] as const,
};

export const lettersQuery = (filters: LetterFilters) =>
  infiniteQueryOptions({
    queryKey: roomKeys.list(filters),
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const { words, ...rest } = filters;
      const query = Object.fromEntries(
        Object.entries({ ...rest, cursor: pageParam }).filter(([, value]) => value !== ""),
      );
      return words
        ? api.post<RoomLetterPage>("/room/letters/search/", { ...query, query: words }, { signal })
        : api.get<RoomLetterPage>("/room/letters/", { query, signal });
    },
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const roomCountsQuery = queryOptions({
  queryKey: [...roomKeys.all, "counts"],
  queryFn: ({ signal }) => api.get<RoomCounts>("/room/letters/counts/", { signal }),
});

export const roomListsQuery = queryOptions({
  queryKey: [...roomKeys.all, "lists"],
  queryFn: ({ signal }) => api.get<RoomLists>("/room/lists/", { signal }),
  staleTime: 300_000,
});

export const roomFiguresQuery = (days: number) =>
  queryOptions({
    queryKey: [...roomKeys.all, "figures", days],
    queryFn: ({ signal }) => api.get<RoomFigures>("/room/figures/", { query: { days }, signal }),
  });

// A letter is here a moment before its procedure knows that it was sent; only then can it be answered.
const NOT_SENT_YET = new Set(["PREPARING", "READY_TO_SIGN", "SIGNED"]);
const LOOK_AGAIN_MS = 5_000;

export const letterQuery = (letterId: string) =>
  queryOptions({
    queryKey: roomKeys.letter(letterId),
    queryFn: ({ signal }) => api.get<RoomLetterDetail>(`/room/letters/${letterId}/`, { signal }),
    refetchInterval: ({ state }) => (NOT_SENT_YET.has(state.data?.state ?? "") ? LOOK_AGAIN_MS : false),
  });

/** Which files of a letter this reader may load. */
export const documentFileQuery = (documentId: string) =>
  queryOptions({
    queryKey: [...roomKeys.all, "document", documentId],
    queryFn: ({ signal }) =>
      api.get<{ allowed_actions: readonly string[] }>(`/documents/${documentId}/`, { signal }),
  });
