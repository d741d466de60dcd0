"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import { api, apiUrl } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { type Selection, toSelection } from "./list-mutations";
import { listKeys } from "./list-queries";

type Schemas = components["schemas"];
const LOOK_AGAIN_MS = 2_000;

/** Kinds of documents that can be made for many cases at once. */
export const batchKindsQuery = queryOptions({
  queryKey: ["document-batches", "kinds"],
  queryFn: ({ signal }) => api.get<Schemas["BatchKindList"]>("/document-batches/kinds/", { signal }),
});

/** How far the documents of one order are: written, waiting for the converter, ready to be taken. */
export const batchQuery = (jobId: string) =>
  queryOptions({
    queryKey: [...listKeys.job(jobId), "documents"],
    queryFn: ({ signal }) => api.get<Schemas["BatchDetail"]>(`/document-batches/${jobId}/`, { signal }),
    refetchInterval: ({ state }) =>
      !state.data || state.data.state === "queued" || state.data.state === "running" ? LOOK_AGAIN_MS : false,
  });

export const batchFileUrl = (jobId: string) => apiUrl(`/document-batches/${jobId}/file/`);

interface BatchOrder {
  code: string;
  forms: readonly string[];
  languages: readonly string[];
}

export const useBatchStart = (selection: Selection) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (order: BatchOrder) => {
      const body = { ...order, selection: toSelection(selection) };
      return api.post<Schemas["BatchDetail"]>("/document-batches/", body, { idempotencyKey: keyFor(body) });
    },
    onSuccess: () => {
      renew();
      void queryClient.invalidateQueries({ queryKey: listKeys.jobs });
    },
  });
};
