"use client";

import { queryOptions } from "@tanstack/react-query";

import type { CaseDetail, Consent, ConsentText, CreditorHit, Draft as StoredDraft, Page } from "@/api/types";
import { api } from "@/lib/api-client";
import type { Locale } from "@/lib/i18n/locales";
import { isProblem } from "@/lib/problem";

import { mergeDeviceOver, readFromDevice } from "./device-draft";
import { type Draft, emptyDraft, readDraft } from "./draft";
import { stepFromText, type StepRef } from "./steps";

export interface OpenDraft {
  caseId: string;
  draft: Draft;
  step: StepRef | null;
  /** True when the device held newer answers than the server. */
  unsent: boolean;
}

const readStored = async (caseId: string, signal: AbortSignal): Promise<StoredDraft | null> => {
  try {
    return await api.get<StoredDraft>(`/cases/${caseId}/draft/`, { signal });
  } catch (error) {
    if (isProblem(error) && error.status === 404) return null;
    throw error;
  }
};

const isFilled = (data: unknown) => typeof data === "object" && data !== null && Object.keys(data).length > 0;

const openDraft = async (locale: Locale, signal: AbortSignal): Promise<OpenDraft> => {
  const { id: caseId } = await api.post<Pick<CaseDetail, "id">>("/cases/", { language: locale }, { signal });
  const stored = await readStored(caseId, signal);
  const remote = stored && isFilled(stored.data) ? readDraft(stored.data) : emptyDraft(locale);
  const local = readFromDevice(caseId);
  if (local) {
    return {
      caseId,
      draft: mergeDeviceOver(local.draft, remote),
      step: stepFromText(local.step),
      unsent: true,
    };
  }
  return { caseId, draft: remote, step: stepFromText(stored?.step), unsent: false };
};

/** Finds the person's open draft or begins one. Read once: from then on the wizard itself holds the answers. */
export const openDraftQuery = (userId: string, locale: Locale) =>
  queryOptions({
    queryKey: ["apply", "draft", userId],
    queryFn: ({ signal }) => openDraft(locale, signal),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

export const creditorSearchQuery = (query: string) =>
  queryOptions({
    queryKey: ["apply", "creditors", query],
    queryFn: ({ signal }) =>
      api.get<Page<CreditorHit>>("/creditors/", { query: { query, limit: 8 }, signal }),
    enabled: query.length >= 2,
    staleTime: 300_000,
  });

export const consentTextsQuery = (locale: Locale) =>
  queryOptions({
    queryKey: ["apply", "consent-texts", locale],
    queryFn: ({ signal }) => api.get<{ items: ConsentText[] }>("/consents/texts/", { signal }),
    staleTime: 300_000,
  });

export const consentsKey = ["apply", "consents"] as const;

export const consentsQuery = queryOptions({
  queryKey: consentsKey,
  queryFn: ({ signal }) => api.get<{ items: Consent[] }>("/consents/", { signal }),
});
