"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import type { PublicName, RoundWish, SigningRound } from "@/api/signing";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { signersKeys } from "./queries";

/** Every step answers with the round as it is then; whatever else shows the document is read anew. */
const useStep = <B>(documentId: string, pathOf: (body: B) => string, bodyOf: (body: B) => unknown) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: B) =>
      api.post<SigningRound>(pathOf(body), bodyOf(body), {
        idempotencyKey: keyFor([pathOf(body), bodyOf(body)]),
      }),
    onSuccess: (round) => {
      renew();
      queryClient.setQueryData(signersKeys.round(documentId), round);
      for (const part of ["documents", "cases", "staff", "signing"]) {
        void queryClient.invalidateQueries({ queryKey: [part] });
      }
    },
    // A refusal means that somebody was quicker: the panel shows how it stands.
    onError: () => void queryClient.invalidateQueries({ queryKey: signersKeys.round(documentId) }),
  });
};

const nothing = () => ({});

export const useStartRound = (documentId: string, isReplacing: boolean) =>
  useStep<RoundWish>(
    documentId,
    () => `/documents/${documentId}/signing/${isReplacing ? "replace/" : ""}`,
    (wish) => wish,
  );

export const useCancelRound = (documentId: string) =>
  useStep<void>(documentId, () => `/documents/${documentId}/signing/cancel/`, nothing);

export const useRemind = (documentId: string, requestId: string) =>
  useStep<void>(documentId, () => `/signature-requests/${requestId}/remind/`, nothing);

export const useConfirmPaper = (documentId: string, requestId: string) =>
  useStep<void>(documentId, () => `/signature-requests/${requestId}/paper/confirm/`, nothing);

export const useRefusePaper = (documentId: string, requestId: string) =>
  useStep<string>(
    documentId,
    () => `/signature-requests/${requestId}/paper/refuse/`,
    (reason) => ({ reason }),
  );

/** How the public page names the reader; two quick choices are kept one after the other, so the last one stays. */
export const useChoosePublicName = (documentId: string) => {
  const queryClient = useQueryClient();
  return useMutation({
    scope: { id: `public-name-${documentId}` },
    mutationFn: (shows: PublicName) =>
      api.patch<{ shows: PublicName }>(`/documents/${documentId}/public-name/`, { shows }),
    onSuccess: ({ shows }) =>
      queryClient.setQueryData<SigningRound>(
        signersKeys.round(documentId),
        (round) =>
          round && {
            ...round,
            signers: round.signers.map((one) => (one.public_name ? { ...one, public_name: shows } : one)),
          },
      ),
  });
};
