"use client";

import { queryOptions, useMutation } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import type { CaseDetail } from "@/api/types";
import { api } from "@/lib/api-client";
import { useKeyedWrite } from "@/lib/use-keyed-write";

export type LinkKind = components["schemas"]["CaseLinkKindCode"];
export type LinkedCase = components["schemas"]["LinkedCaseItem"];
export type MergePreview = components["schemas"]["CaseMergePreview"];
export type SplitPreview = components["schemas"]["CaseSplitPreview"];
export type Moved = components["schemas"]["MovedSection"];
type CaseLinkList = components["schemas"]["CaseLinkList"];
type CaseRef = components["schemas"]["CaseRefItem"];

export const LINK_KINDS = [
  "related",
  "same_contract",
  "same_household",
  "follows",
  "followed",
  "parent",
  "child",
] as const satisfies readonly LinkKind[];

/** Below the key of the case, so that hints about it reach these too. */
const caseKey = (caseId: string) => ["staff", "case", caseId] as const;

export const linksQuery = (caseId: string) =>
  queryOptions({
    queryKey: [...caseKey(caseId), "links"],
    queryFn: ({ signal }) => api.get<CaseLinkList>(`/cases/${caseId}/links/`, { signal }),
  });

/** The case itself, under the key of its page. */
export const linkedDetailQuery = (caseId: string) =>
  queryOptions({
    queryKey: [...caseKey(caseId), "detail"],
    queryFn: ({ signal }) => api.get<CaseDetail>(`/cases/${caseId}/`, { signal }),
  });

const useWrite = <T, A>(
  caseId: string,
  send: (input: T, key: string) => Promise<A>,
  onDone: (answer: A) => void,
) => useKeyedWrite(send, { stale: caseKey(caseId), onDone });

export const useLink = (caseId: string, onDone: () => void) =>
  useWrite(
    caseId,
    (body: { number: string; kind: LinkKind }, idempotencyKey) =>
      api.post<CaseLinkList>(`/cases/${caseId}/links/`, body, { idempotencyKey }),
    onDone,
  );

export const useUnlink = (caseId: string) =>
  useWrite(
    caseId,
    (linkId: string) => api.delete<undefined>(`/cases/${caseId}/links/${linkId}/`),
    () => undefined,
  );

export const useMergePreview = (caseId: string) =>
  useMutation({
    mutationFn: (number: string) =>
      api.post<MergePreview>(`/cases/${caseId}/merge/preview/`, { number: number.trim() }),
  });

export const useMerge = (caseId: string, onDone: () => void) =>
  useWrite(
    caseId,
    (body: { gone_id: string; reason: string; version: number; gone_version: number }, idempotencyKey) =>
      api.post<CaseRef>(`/cases/${caseId}/merge/`, body, { idempotencyKey }),
    onDone,
  );

export const useSplitPreview = (caseId: string) =>
  useMutation({
    mutationFn: (debts: readonly string[]) =>
      api.post<SplitPreview>(`/cases/${caseId}/split/preview/`, { obligation_ids: debts }),
  });

export const useSplit = (caseId: string, onDone: (child: CaseRef) => void) =>
  useWrite(
    caseId,
    (body: { obligation_ids: readonly string[]; reason: string; version: number }, idempotencyKey) =>
      api.post<CaseRef>(`/cases/${caseId}/split/`, body, { idempotencyKey }),
    onDone,
  );
