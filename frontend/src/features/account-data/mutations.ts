"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";
import { todayInAlmaty } from "@/lib/dates";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { dataKeys } from "./queries";
import type { DataRequest, DataRequestKind } from "./types";

const useRefresh = () => {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: dataKeys.all });
};

export const useOpenRequest = (kind: DataRequestKind, onDone: () => void) => {
  const refresh = useRefresh();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: () => {
      const body = { kind };
      return api.post<DataRequest>("/me/data-requests/", body, { idempotencyKey: keyFor(body) });
    },
    onSuccess: async () => {
      renew();
      await refresh();
      onDone();
    },
    // Refused because of something that changed meanwhile: what is shown must say so too.
    onError: refresh,
  });
};

export const useCancelRequest = (requestId: string, onDone: () => void) => {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => api.post<DataRequest>(`/me/data-requests/${requestId}/cancel/`),
    onSuccess: async () => {
      await refresh();
      onDone();
    },
    onError: refresh,
  });
};

const save = (blob: Blob, name: string) => {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};

/** The copy is opened to a fresh proof only, so it comes through the client and not by a plain link. */
export const useDownloadCopy = (request: DataRequest) =>
  useMutation({
    mutationFn: () => api.file(`/me/data-requests/${request.id}/file/`),
    onSuccess: (blob) => save(blob, `kenes-hub-${todayInAlmaty(new Date(request.created_at))}.zip`),
  });
