"use client";

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import type { CaseDetail, CaseRow, Draft as StoredDraft, Page } from "@/api/types";
import { api } from "@/lib/api-client";
import { parseTypedDate } from "@/lib/dates";
import type { Locale } from "@/lib/i18n/locales";
import { compactDigits } from "@/lib/iin";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { mergeDeviceOver, readFromDevice } from "./device-draft";
import { type Draft, emptyDraft, readDraft } from "./draft";
import { saveDraft } from "./mutations";

export type ConsentWay = components["schemas"]["GivenByEnum"];
export const CONSENT_WAYS = [
  "in_person",
  "phone_call",
  "message",
  "paper",
] as const satisfies readonly ConsentWay[];

/** The form of staff has no pages; this is what it keeps as its place. */
export const FORM_PLACE = "form";

/** For whom, and how he agreed, as typed. */
export type Begin = {
  phone: string;
  full_name: string;
  iin: string;
  email: string;
  given_by: string;
  given_on: string;
  note: string;
};

const isFilled = (data: unknown) => typeof data === "object" && data !== null && Object.keys(data).length > 0;

const begin = async (typed: Begin, locale: Locale, idempotencyKey: string): Promise<string> => {
  const iin = compactDigits(typed.iin);
  const body = {
    language: locale,
    on_behalf: {
      phone: typed.phone,
      full_name: typed.full_name.trim(),
      iin: iin || null,
      email: typed.email.trim() || null,
      consent: {
        given_by: typed.given_by,
        given_on: parseTypedDate(typed.given_on) ?? typed.given_on,
        note: typed.note.trim(),
      },
    },
  };
  const { id } = await api.post<Pick<CaseDetail, "id">>("/cases/", body, { idempotencyKey });
  const stored = await api.get<StoredDraft>(`/cases/${id}/draft/`);
  // An open draft for this person is gone on with; a new one begins with what has just been typed.
  if (!isFilled(stored.data)) {
    const draft = emptyDraft(locale);
    await saveDraft(id, FORM_PLACE, {
      ...draft,
      person: { full_name: typed.full_name, iin: typed.iin },
      contact: { ...draft.contact, email: typed.email },
    });
  }
  return id;
};

export const useBegin = (locale: Locale, onDone: (caseId: string) => void) => {
  const queryClient = useQueryClient();
  const { keyFor } = useIdempotencyKey();
  return useMutation({
    mutationFn: (typed: Begin) => begin(typed, locale, keyFor(typed)),
    onSuccess: (caseId) => {
      void queryClient.invalidateQueries({ queryKey: ["apply", "prepared"] });
      onDone(caseId);
    },
  });
};

export const preparedKey = ["apply", "prepared"] as const;

/** Cases that this person has begun for others and not sent in yet. */
export const preparedQuery = queryOptions({
  queryKey: [...preparedKey, "list"],
  queryFn: ({ signal }) =>
    api.get<Page<CaseRow>>("/cases/", { query: { status: "draft", limit: 20 }, signal }),
});

export interface PreparedDraft {
  detail: CaseDetail;
  draft: Draft;
  unsent: boolean;
}

/** Read once: from then on the form itself holds the answers. */
export const preparedDraftQuery = (caseId: string, locale: Locale) =>
  queryOptions({
    queryKey: ["apply", "draft", "prepared", caseId],
    queryFn: async ({ signal }): Promise<PreparedDraft> => {
      const detail = await api.get<CaseDetail>(`/cases/${caseId}/`, { signal });
      if (detail.status !== "draft") return { detail, draft: emptyDraft(locale), unsent: false };
      const stored = await api.get<StoredDraft>(`/cases/${caseId}/draft/`, { signal });
      const remote = isFilled(stored.data) ? readDraft(stored.data) : emptyDraft(locale);
      const local = readFromDevice(caseId);
      return local
        ? { detail, draft: mergeDeviceOver(local.draft, remote), unsent: true }
        : { detail, draft: remote, unsent: false };
    },
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
