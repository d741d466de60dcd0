"use client";

import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";
import { useKeyedWrite } from "@/lib/use-keyed-write";

import type {
  Difference,
  Sample,
  TemplateKind,
  TemplateKindDetail,
  Trial,
  VariableList,
  Version,
} from "./types";

export const templateKeys = {
  all: ["templates"] as const,
  version: (id: string) => ["templates", "version", id] as const,
  trials: (id: string) => ["templates", "version", id, "trials"] as const,
};

const PREPARING_MS = 1_000;

export const kindsQuery = queryOptions({
  queryKey: [...templateKeys.all, "kinds"],
  queryFn: ({ signal }) => api.get<{ items: TemplateKind[] }>("/staff/templates/", { signal }),
});

export const kindQuery = (code: string) =>
  queryOptions({
    queryKey: [...templateKeys.all, "kinds", code],
    queryFn: ({ signal }) => api.get<TemplateKindDetail>(`/staff/templates/kinds/${code}/`, { signal }),
  });

export const versionQuery = (id: string) =>
  queryOptions({
    queryKey: templateKeys.version(id),
    queryFn: ({ signal }) => api.get<Version>(`/staff/templates/versions/${id}/`, { signal }),
  });

export const differenceQuery = (id: string, withId: string, revision: number) =>
  queryOptions({
    queryKey: [...templateKeys.version(id), "difference", withId, revision],
    queryFn: ({ signal }) =>
      api.get<Difference>(`/staff/templates/versions/${id}/compare/`, { query: { with: withId }, signal }),
    placeholderData: keepPreviousData,
  });

const isMaking = (trial: Trial | undefined) => trial?.status === "queued" || trial?.status === "running";

/** The newest own preview; asked for again while it is being made. */
export const trialQuery = (versionId: string) =>
  queryOptions({
    queryKey: templateKeys.trials(versionId),
    queryFn: ({ signal }) =>
      api.get<{ items: Trial[] }>(`/staff/templates/versions/${versionId}/trials/`, { signal }),
    refetchInterval: ({ state }) => (isMaking(state.data?.items[0]) ? PREPARING_MS : false),
  });

export const variablesQuery = (code: string) =>
  queryOptions({
    queryKey: [...templateKeys.all, "variables", code],
    queryFn: ({ signal }) =>
      api.get<VariableList>("/staff/templates/variables/", { query: { code }, signal }),
    staleTime: Infinity,
  });

const useWrite = <T, R>(request: (input: T, key: string) => Promise<R>, onDone: (answer: R) => void) =>
  useKeyedWrite(request, { stale: templateKeys.all, onDone });

const form = (file: File): FormData => {
  const body = new FormData();
  body.append("file", file);
  return body;
};

/** A new edition, or another file for one that is not approved yet. */
export const useUpload = (
  place: { code: string; language: string } | { versionId: string; revision: number },
  onDone: (version: Version) => void,
) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (file: File) =>
      "code" in place
        ? api.post<Version>(`/staff/templates/kinds/${place.code}/${place.language}/`, form(file))
        : api.post<Version>(`/staff/templates/versions/${place.versionId}/file/`, form(file), {
            query: { revision: place.revision },
          }),
    onSuccess: onDone,
    onSettled: () => queryClient.invalidateQueries({ queryKey: templateKeys.all }),
  });
};

export type Step = "propose" | "approve" | "reject" | "withdraw";

export const useStep = (version: Version, step: Step, onDone: () => void) =>
  useWrite(
    (said: { note?: string; effective_from?: string | null }, idempotencyKey) =>
      api.post<Version>(
        `/staff/templates/versions/${version.id}/${step}/`,
        { revision: version.revision, ...said },
        { idempotencyKey },
      ),
    onDone,
  );

export const useCheckRemark = (version: Version) =>
  useWrite(
    (said: { remark: string; checked: boolean }, idempotencyKey) =>
      api.post<Version>(
        `/staff/templates/versions/${version.id}/remark/`,
        { revision: version.revision, ...said },
        { idempotencyKey },
      ),
    () => undefined,
  );

export const useTrial = (versionId: string) =>
  useWrite(
    (said: { sample: Sample; case_number?: string }, idempotencyKey) =>
      api.post<Trial>(`/staff/templates/versions/${versionId}/trials/`, said, { idempotencyKey }),
    () => undefined,
  );
