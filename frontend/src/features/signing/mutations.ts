"use client";

import { useMutation } from "@tanstack/react-query";

import type { SignatureRequest } from "@/api/types";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

interface SendCode {
  documentId: string;
  /** Hash of the text that was shown: the server refuses when the document is another by now. */
  sha256: string;
}

/** Opens a signature request (or finds the open one) and has a code sent for it. */
export const useSendSigningCode = () =>
  useMutation({
    mutationFn: async ({ documentId, sha256 }: SendCode) => {
      const request = await api.post<SignatureRequest>(`/documents/${documentId}/signature-requests/`);
      if (request.status === "signed") return request;
      return api.post<SignatureRequest>(`/signature-requests/${request.id}/send-code/`, {
        document_sha256: sha256,
      });
    },
  });

export const useConfirmSignature = () => {
  const { keyFor } = useIdempotencyKey();
  return useMutation({
    mutationFn: ({ requestId, code }: { requestId: string; code: string }) =>
      api.post<SignatureRequest>(
        `/signature-requests/${requestId}/confirm/`,
        { code },
        { idempotencyKey: keyFor({ requestId, code }) },
      ),
  });
};

export const useDeclineSignature = () =>
  useMutation({
    mutationFn: async ({ documentId, reason }: { documentId: string; reason: string }) => {
      const request = await api.post<SignatureRequest>(`/documents/${documentId}/signature-requests/`);
      return api.post<SignatureRequest>(`/signature-requests/${request.id}/decline/`, { reason });
    },
  });
