"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { staffCaseKeys } from "./queries";

export type Audience = components["schemas"]["CommentAudienceCode"];
export type CaseComment = components["schemas"]["CommentItem"];
export type CommentFile = components["schemas"]["CommentFileItem"];
export type Candidate = components["schemas"]["CandidateItem"];
type CommentFileList = components["schemas"]["CommentFileList"];

/** Which action of a case lets one write for which readers, in the order in which they are offered. */
export const AUDIENCES = [
  ["internal", "comment_internal"],
  ["organisation", "comment_organisation"],
  ["public", "comment"],
] as const satisfies readonly (readonly [Audience, string])[];

const CHECK_AGAIN = 3000;

export const commentKeys = {
  candidates: (caseId: string, audience: Audience) =>
    [...staffCaseKeys.case(caseId), "mentionable", audience] as const,
  files: (caseId: string) => [...staffCaseKeys.case(caseId), "comment-files"] as const,
  versions: (caseId: string, commentId: string) =>
    [...staffCaseKeys.case(caseId), "comment-versions", commentId] as const,
};

export const candidatesQuery = (caseId: string, audience: Audience) =>
  queryOptions({
    queryKey: commentKeys.candidates(caseId, audience),
    queryFn: ({ signal }) =>
      api.get<{ items: Candidate[] }>(`/cases/${caseId}/mentionable/`, { query: { audience }, signal }),
    staleTime: 60_000,
  });

/** Own files that wait for their comment; asked again while the virus check runs. */
export const waitingFilesQuery = (caseId: string) =>
  queryOptions({
    queryKey: commentKeys.files(caseId),
    queryFn: ({ signal }) => api.get<CommentFileList>(`/cases/${caseId}/comment-files/`, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((file) => file.state === "checking") ? CHECK_AGAIN : false,
  });

export const versionsQuery = (caseId: string, commentId: string) =>
  queryOptions({
    queryKey: commentKeys.versions(caseId, commentId),
    queryFn: ({ signal }) =>
      api.get<components["schemas"]["CommentVersionList"]>(
        `/cases/${caseId}/comments/${commentId}/versions/`,
        { signal },
      ),
  });

const useRefresh = (caseId: string) => {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: staffCaseKeys.case(caseId) });
};

interface NewComment {
  text: string;
  audience: Audience;
  mentions: readonly string[];
  files: readonly string[];
}

export const useAddComment = (caseId: string, onDone: () => void) => {
  const refresh = useRefresh(caseId);
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: NewComment) =>
      api.post<CaseComment>(`/cases/${caseId}/comments/`, body, { idempotencyKey: keyFor(body) }),
    onSuccess: () => {
      renew();
      void refresh();
      onDone();
    },
  });
};

export const useEditComment = (caseId: string, commentId: string, onDone: () => void) => {
  const refresh = useRefresh(caseId);
  return useMutation({
    mutationFn: (text: string) => api.patch<CaseComment>(`/cases/${caseId}/comments/${commentId}/`, { text }),
    onSuccess: () => {
      void refresh();
      onDone();
    },
  });
};

export const useRemoveComment = (caseId: string, commentId: string) => {
  const refresh = useRefresh(caseId);
  return useMutation({
    mutationFn: () => api.delete<CaseComment>(`/cases/${caseId}/comments/${commentId}/`),
    onSettled: refresh,
  });
};

/** Files of a comment before it is sent: another one, or one taken back. */
export const useCommentFiles = (caseId: string) => {
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: commentKeys.files(caseId) });
  const add = useMutation({
    mutationFn: (upload: string) => api.post<CommentFile>(`/cases/${caseId}/comment-files/`, { upload }),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: (fileId: string) => api.delete<undefined>(`/cases/${caseId}/comment-files/${fileId}/`),
    onSettled: refresh,
  });
  return { add, remove };
};
