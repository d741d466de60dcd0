"use client";

import { queryOptions } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import { api } from "@/lib/api-client";
import { useKeyedWrite } from "@/lib/use-keyed-write";

export type Tag = components["schemas"]["TagItem"];
export type TagColour = Tag["colour"];
type TagList = components["schemas"]["TagList"];

export interface TagValues {
  name: string;
  name_kk: string;
  name_en: string;
  colour: TagColour;
}

// The list of cases reads the same answer under the same key.
export const tagListQuery = queryOptions({
  queryKey: ["staff", "tags"],
  queryFn: ({ signal }) => api.get<TagList>("/tags/", { signal }),
});

/** One write to the list of tags; whatever shows tags is read anew. */
export const useTagWrite = <T extends object>(
  write: (body: T, idempotencyKey: string) => Promise<unknown>,
  onDone: () => void,
) => useKeyedWrite(write, { stale: ["staff"], onDone });

export const createTag = (body: TagValues, idempotencyKey: string) =>
  api.post("/tags/", body, { idempotencyKey });

export const editTag = (tagId: string) => (body: Partial<TagValues> & { archived?: boolean }) =>
  api.patch(`/tags/${tagId}/`, body);

export const joinTag = (tagId: string) => (body: { into_id: string }, idempotencyKey: string) =>
  api.post(`/tags/${tagId}/join/`, body, { idempotencyKey });
