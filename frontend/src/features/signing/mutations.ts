"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import type { EdsWish, QrOperation } from "@/api/signing";
import type { SignatureRequest } from "@/api/types";
import { api } from "@/lib/api-client";
import { signByNcaLayer } from "@/lib/ncalayer";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { signingKeys } from "./queries";

/** Tells the server that the whole text was before this person's eyes: without it nothing is signed. */
export const useTextShown = (requestId: string) =>
  useMutation({
    mutationFn: (sha256: string) =>
      api.post<SignatureRequest>(`/signature-requests/${requestId}/shown/`, { document_sha256: sha256 }),
  });

/** Has a code sent for the very text that was shown: the server refuses when the document is another by now. */
export const useSendSigningCode = (requestId: string) =>
  useMutation({
    mutationFn: (sha256: string) =>
      api.post<SignatureRequest>(`/signature-requests/${requestId}/send-code/`, { document_sha256: sha256 }),
  });

export const useConfirmSignature = (requestId: string) => {
  const { keyFor } = useIdempotencyKey();
  return useMutation({
    mutationFn: (code: string) =>
      api.post<SignatureRequest>(
        `/signature-requests/${requestId}/confirm/`,
        { code },
        { idempotencyKey: keyFor({ requestId, code }) },
      ),
  });
};

export const useDeclineSignature = (requestId: string) =>
  useMutation({
    mutationFn: (reason: string) =>
      api.post<SignatureRequest>(`/signature-requests/${requestId}/decline/`, { reason }),
  });

export const useDelegate = (requestId: string) =>
  useMutation({
    mutationFn: (personId: string) =>
      api.post<SignatureRequest>(`/signature-requests/${requestId}/delegate/`, { person_id: personId }),
  });

export const useApprove = (requestId: string) =>
  useMutation({
    mutationFn: (_: void) => api.post<SignatureRequest>(`/signature-requests/${requestId}/approve/`),
  });

/** A signature that exists already, and the text that it belongs to. */
export interface EdsSignature {
  cms: string;
  sha256: string;
}

interface AskKey {
  requestId: string;
  /** Hash of the text that was shown. */
  sha256: string;
  locale: string;
  signal: AbortSignal;
  onAsked: () => void;
}

/** The document is another than the one that was read. */
export class DocumentChanged extends Error {
  override readonly name = "DocumentChanged";
}

const hex = (buffer: ArrayBuffer): string =>
  [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Browsers know hashes on safe addresses only; elsewhere the server alone compares. */
const isAnother = async (bytes: ArrayBuffer, sha256: string): Promise<boolean> =>
  typeof crypto.subtle === "object" && hex(await crypto.subtle.digest("SHA-256", bytes)) !== sha256;

const belowApi = (address: string): string => address.replace(/^.*?\/api\/v1(?=\/)/, "");

/** Fetches the bytes that were read, and has NCALayer sign exactly them. */
export const askKey = async ({
  requestId,
  sha256,
  locale,
  signal,
  onAsked,
}: AskKey): Promise<EdsSignature> => {
  const wish = await api.get<EdsWish>(`/signature-requests/${requestId}/eds/`, { signal });
  if (wish.document_sha256 !== sha256) throw new DocumentChanged();
  const blob = await api.file(belowApi(wish.content_url), { signal });
  const bytes = await blob.arrayBuffer();
  if (await isAnother(bytes, sha256)) throw new DocumentChanged();
  const { iin, bin, ext_key_usage_oids, chain_any, tsa } = wish.nca_params;
  const cms = await signByNcaLayer(
    wish.ncalayer_url,
    {
      data: new Uint8Array(bytes),
      iin: iin ?? undefined,
      bin: bin ?? undefined,
      extKeyUsageOids: ext_key_usage_oids,
      anyChain: chain_any,
      withTimeStamp: tsa,
      locale,
    },
    { signal, onAsked },
  );
  return { cms, sha256 };
};

/** Hands a signature in. The same one may be handed in again when the authority did not answer. */
export const handInSignature = (
  requestId: string,
  { cms, sha256 }: EdsSignature,
): Promise<SignatureRequest> =>
  api.post<SignatureRequest>(`/signature-requests/${requestId}/eds/`, { cms, document_sha256: sha256 });

export const useStartQr = (requestId: string, onStarted: (operation: QrOperation) => void) =>
  useMutation({
    mutationFn: () => api.post<QrOperation>(`/signature-requests/${requestId}/qr/`),
    onSuccess: onStarted,
  });

/** Gives up an attempt: the picture on the phone is of no use any more. */
export const useCancelQr = () => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (operationId: string) => api.post<QrOperation>(`/qr-operations/${operationId}/cancel/`),
    onSuccess: (operation) => queryClient.setQueryData(signingKeys.qr(operation.id), operation),
  });
};

/** Gives the photo of the signed sheets. */
export const useHandInPaper = (requestId: string, onDone: (request: SignatureRequest) => void) => {
  const { mutateAsync } = useMutation({
    mutationFn: (upload: string) =>
      api.post<SignatureRequest>(`/signature-requests/${requestId}/paper/`, { upload }),
    onSuccess: onDone,
  });
  return mutateAsync;
};
