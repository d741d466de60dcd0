"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import type { Page } from "@/api/types";
import { api } from "@/lib/api-client";

export type ImportJob = components["schemas"]["ListJobItem"];
export type ImportRow = components["schemas"]["ListJobRow"];

/** Rows with something wrong, each with the words for its cells. */
export const importErrorsQuery = (jobId: string) =>
  queryOptions({
    queryKey: ["staff", "import", jobId, "errors"],
    queryFn: ({ signal }) =>
      api.get<Page<ImportRow>>(`/cases/jobs/${jobId}/rows/`, {
        query: { state: "failed", limit: 200 },
        signal,
      }),
  });

/** Looks at a file; makes no case. */
export const useImportPreview = (onDone: (job: ImportJob) => void) =>
  useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append("file", file);
      return api.post<ImportJob>("/cases/imports/preview/", form);
    },
    onSuccess: onDone,
  });

export const useImportStart = (onDone: (job: ImportJob) => void) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (jobId: string) => api.post<ImportJob>(`/cases/imports/${jobId}/start/`),
    onSuccess: (job) => {
      void queryClient.invalidateQueries({ queryKey: ["staff"] });
      onDone(job);
    },
  });
};
