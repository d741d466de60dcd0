"use client";

import { queryOptions } from "@tanstack/react-query";

import { api } from "@/lib/api-client";

import type { DataPreview, DataRequest, DataRequestKind } from "./types";

const RUNNING_POLL_MS = 2_000;

export const dataKeys = {
  all: ["account", "data"] as const,
  requests: () => [...dataKeys.all, "requests"] as const,
  preview: (kind: DataRequestKind) => [...dataKeys.all, "preview", kind] as const,
};

export const dataRequestsQuery = queryOptions({
  queryKey: dataKeys.requests(),
  queryFn: ({ signal }) => api.get<{ items: DataRequest[] }>("/me/data-requests/", { signal }),
  // Only what is being made moves by itself; what waits for a person is found on the next visit.
  refetchInterval: ({ state }) =>
    state.data?.items.some((item) => item.status === "running") ? RUNNING_POLL_MS : false,
});

export const dataPreviewQuery = (kind: DataRequestKind) =>
  queryOptions({
    queryKey: dataKeys.preview(kind),
    queryFn: ({ signal }) => api.get<DataPreview>("/me/data-requests/preview/", { query: { kind }, signal }),
  });
