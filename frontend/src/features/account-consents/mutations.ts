"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import type { CodeSent, ConsentKind, ConsentText } from "@/api/types";
import { api } from "@/lib/api-client";
import { hasCode } from "@/lib/problem";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { consentKeys } from "./queries";
import type { GivenConsent, RecordedConsent } from "./types";

/** A consent moves letters and cases: whatever is kept of them is read anew. */
const useSpread = () => {
  const queryClient = useQueryClient();
  return () =>
    Promise.all(
      [consentKeys.all, ["apply"], ["cases"], ["documents"]].map((queryKey) =>
        queryClient.invalidateQueries({
          queryKey,
          // An open application holds its answers itself and is never read over them.
          predicate: (query) => query.queryKey[1] !== "draft",
        }),
      ),
    );
};

export const useWithdrawConsent = (kind: ConsentKind, onDone: () => void) => {
  const queryClient = useQueryClient();
  const spread = useSpread();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (reason: string) => {
      const body = { reason };
      return api.post<{ items: GivenConsent[] }>(`/consents/${kind}/withdraw/`, body, {
        idempotencyKey: keyFor(body),
      });
    },
    onSuccess: (list) => {
      renew();
      queryClient.setQueryData(consentKeys.given(), list);
      void spread();
      onDone();
    },
  });
};

export const useAcceptConsent = (text: ConsentText, onDone: () => void) => {
  const queryClient = useQueryClient();
  const spread = useSpread();
  return useMutation({
    mutationFn: (code: string | null) =>
      api.post("/consents/", {
        kind: text.kind,
        version: text.version,
        sha256: text.sha256,
        ...(code ? { code } : {}),
      }),
    onSuccess: async () => {
      await spread();
      onDone();
    },
    onError: (error) => {
      // The text changed meanwhile: the new one has to be read before it is accepted.
      if (hasCode(error, "consent.text_changed")) {
        void queryClient.invalidateQueries({ queryKey: consentKeys.all });
      }
    },
  });
};

/** The person says whether a consent was written down rightly; said before in another tab, it only shows so. */
export const useAnswerRecorded = (consentId: string, onDone: () => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: { agreed: boolean; words: string }) =>
      api.post<{ items: RecordedConsent[] }>(`/recorded-consents/${consentId}/answer/`, body, {
        idempotencyKey: keyFor(body),
      }),
    onSuccess: (list) => {
      renew();
      queryClient.setQueryData(consentKeys.recorded(), list);
      void queryClient.invalidateQueries({ queryKey: ["cases"] });
      onDone();
    },
    onError: (error) => {
      if (hasCode(error, "case.recorded_consent_answered")) {
        void queryClient.invalidateQueries({ queryKey: consentKeys.recorded() });
      }
    },
  });
};

export const useSendConsentCode = () =>
  useMutation({
    mutationFn: (kind: ConsentKind) => api.post<CodeSent>("/consents/code/", { kind }),
  });
