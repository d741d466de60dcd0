"use client";

import { keepPreviousData, queryOptions, useMutation } from "@tanstack/react-query";

import { api } from "@/lib/api-client";

import type { FileInfo, FileLink, FileText, LinkForm } from "./types";

const SOON = 2_000;
const LATER = 6_000;
const MANY = 15;

/** The virus check and the pages come within seconds; after half a minute there is no hurry any more. */
const again = (isWaiting: boolean, times: number): number | false => {
  if (!isWaiting) return false;
  return times < MANY ? SOON : LATER;
};

const isUnsettled = ({ state, pages_state: pages, text_state: text }: FileInfo): boolean =>
  state === "checking" || pages === "preparing" || text === "preparing";

export const fileKeys = {
  all: ["files"] as const,
  info: (fileId: string) => [...fileKeys.all, fileId] as const,
  text: (fileId: string, state: FileInfo["text_state"]) => [...fileKeys.all, fileId, "text", state] as const,
};

export const fileQuery = (fileId: string) =>
  queryOptions({
    queryKey: fileKeys.info(fileId),
    queryFn: ({ signal }) => api.get<FileInfo>(`/files/${fileId}/`, { signal }),
    refetchInterval: ({ state }) =>
      again(state.data !== undefined && isUnsettled(state.data), state.dataUpdateCount),
  });

/** What is read so far while it is being read; asked anew once all of it is there. */
export const fileTextQuery = (fileId: string, state: FileInfo["text_state"]) =>
  queryOptions({
    queryKey: fileKeys.text(fileId, state),
    queryFn: ({ signal }) => api.get<FileText>(`/files/${fileId}/text/`, { signal }),
    staleTime: state === "ready" ? 5 * 60_000 : 0,
    placeholderData: keepPreviousData,
    refetchInterval: state === "preparing" ? LATER : false,
  });

/** A short address of the bytes; the browser saves what it leads to and stays on the page. */
export const useSaveFile = (fileId: string) =>
  useMutation({
    mutationFn: (form: LinkForm) => api.post<FileLink>(`/files/${fileId}/link/`, { form }),
    onSuccess: ({ url }) => {
      const link = document.createElement("a");
      link.href = url;
      link.download = "";
      link.click();
    },
  });
