"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import type { CaseFilters } from "./filters";
import { listKeys, narrowing } from "./list-queries";
import { staffCaseKeys } from "./queries";
import type { BulkPreview, ListJob, ListPreference, SavedView, ViewHead } from "./types";

/** Chosen cases by their ids, or everything that is found. */
export interface Selection {
  ids: readonly string[];
  /** Set when all found ones are meant. */
  found: { filters: CaseFilters; text: string } | null;
}

export const toSelection = ({ ids, found }: Selection) =>
  found ? { all_found: true, filters: narrowing(found.filters, found.text) } : { ids };

export interface BulkChange {
  action: string;
  params: Readonly<Record<string, unknown>>;
}

const bulkBody = (change: BulkChange, selection: Selection) => ({
  ...change,
  selection: toSelection(selection),
});

/** Looks at what a change would do; changes nothing. */
export const useBulkPreview = (selection: Selection) =>
  useMutation({
    mutationFn: (change: BulkChange) =>
      api.post<BulkPreview>("/cases/bulk/preview/", bulkBody(change, selection)),
  });

export const useBulkStart = (selection: Selection, onDone: (job: ListJob) => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (change: BulkChange) => {
      const body = bulkBody(change, selection);
      return api.post<ListJob>("/cases/bulk/", body, { idempotencyKey: keyFor(body) });
    },
    onSuccess: (job) => {
      renew();
      void queryClient.invalidateQueries({ queryKey: listKeys.jobs });
      onDone(job);
    },
  });
};

export interface ExportOrder {
  format: "csv" | "xlsx";
  sort: string;
  columns: readonly string[];
}

export const useExportStart = (selection: Selection, onDone: (job: ListJob) => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (order: ExportOrder) => {
      const body = { ...order, selection: toSelection(selection) };
      return api.post<ListJob>("/cases/exports/", body, { idempotencyKey: keyFor(body) });
    },
    onSuccess: (job) => {
      renew();
      void queryClient.invalidateQueries({ queryKey: listKeys.jobs });
      onDone(job);
    },
  });
};

export const useStopJob = (jobId: string) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<ListJob>(`/cases/jobs/${jobId}/stop/`),
    onSettled: () => queryClient.invalidateQueries({ queryKey: listKeys.jobs }),
  });
};

export const useSetPreference = () => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: Partial<ListPreference>) =>
      api.patch<ListPreference>("/cases/views/preference/", change),
    onMutate: (change) => {
      // Seen at once: the server only keeps it for the next time.
      queryClient.setQueryData<ViewHead>(listKeys.head, (head) =>
        head ? { ...head, preference: { ...head.preference, ...change } } : head,
      );
    },
    onError: () => queryClient.invalidateQueries({ queryKey: listKeys.head }),
  });
};

export type ViewInput = Pick<SavedView, "name" | "scope" | "filters" | "columns" | "layout">;

export const useSaveView = (onDone: (view: SavedView) => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: ({ id, ...body }: ViewInput & { id?: string }) =>
      id
        ? api.put<SavedView>(`/cases/views/${id}/`, body)
        : api.post<SavedView>("/cases/views/", body, { idempotencyKey: keyFor(body) }),
    onSuccess: (view) => {
      renew();
      void queryClient.invalidateQueries({ queryKey: listKeys.head });
      onDone(view);
    },
  });
};

export const useRemoveView = () => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (viewId: string) => api.delete<undefined>(`/cases/views/${viewId}/`),
    onSettled: () => queryClient.invalidateQueries({ queryKey: listKeys.head }),
  });
};

/** Notes that the case is open, so that it is no news any more. */
export const useMarkSeen = () => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (caseId: string) => api.put<undefined>(`/cases/${caseId}/seen/`, {}),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: staffCaseKeys.lists }),
  });
};

export const useMarkUnseen = () => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (caseId: string) => api.delete<undefined>(`/cases/${caseId}/seen/`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: staffCaseKeys.lists }),
  });
};
