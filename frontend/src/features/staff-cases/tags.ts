"use client";

import { queryOptions } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import { api } from "@/lib/api-client";

import { staffCaseKeys } from "./queries";

type TagList = components["schemas"]["TagList"];
type CaseTagList = components["schemas"]["CaseTagList"];
export type TagColour = components["schemas"]["TagItem"]["colour"];

/** Each colour by tokens that keep their contrast in both themes. */
export const TAG_LOOKS: Record<TagColour, string> = {
  grey: "border-line bg-canvas text-ink",
  teal: "border-primary bg-primary-soft text-primary",
  blue: "border-info bg-info-soft text-info",
  purple: "border-info border-dashed bg-surface text-info",
  red: "border-danger bg-danger-soft text-danger",
  orange: "border-warning bg-warning-soft text-warning",
  green: "border-success bg-success-soft text-success",
  sand: "border-accent bg-accent-soft text-ink",
};

export const tagsQuery = queryOptions({
  queryKey: ["staff", "tags"],
  queryFn: ({ signal }) => api.get<TagList>("/tags/", { signal }),
  staleTime: 60_000,
});

export const caseTagsQuery = (caseId: string) =>
  queryOptions({
    queryKey: [...staffCaseKeys.case(caseId), "tags"] as const,
    queryFn: ({ signal }) => api.get<CaseTagList>(`/cases/${caseId}/tags/`, { signal }),
  });

export const changeTags = (caseId: string, body: { add: string[]; remove: string[] }) =>
  api.post<CaseTagList>(`/cases/${caseId}/tags/`, body);
