"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";
import { hasCode } from "@/lib/problem";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { creditorKeys, type StaffCreditor } from "./queries";

/** Everything staff see may change with an address: letters leave, terms begin. */
const STAFF = { queryKey: ["staff"] };

const useKeep = (creditorId: string) => {
  const queryClient = useQueryClient();
  return {
    keep: (creditor: StaffCreditor) => queryClient.setQueryData(creditorKeys.detail(creditorId), creditor),
    refresh: () => queryClient.invalidateQueries(STAFF),
  };
};

export const useAddAddress = (creditorId: string, onDone: () => void) => {
  const { keep, refresh } = useKeep(creditorId);
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (value: string) => {
      const body = { kind: "email", value };
      return api.post<StaffCreditor>(`/creditors/${creditorId}/addresses/`, body, {
        idempotencyKey: keyFor(body),
      });
    },
    onSuccess: (creditor) => {
      renew();
      keep(creditor);
      void refresh();
      onDone();
    },
  });
};

export const useConfirmAddress = (creditorId: string, onDone: () => void) => {
  const { keep, refresh } = useKeep(creditorId);
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (addressId: string) =>
      api.post<StaffCreditor>(`/creditors/${creditorId}/addresses/${addressId}/confirm/`, undefined, {
        idempotencyKey: keyFor({ addressId }),
      }),
    onSuccess: (creditor) => {
      renew();
      keep(creditor);
      void refresh();
      onDone();
    },
    onError: (error) => {
      void refresh();
      // Confirmed by a colleague a moment ago: what was wanted is so.
      if (hasCode(error, "creditor.address_already_confirmed")) onDone();
    },
  });
};

export const useSetOrganisation = (creditorId: string, onDone: () => void) => {
  const { keep, refresh } = useKeep(creditorId);
  return useMutation({
    mutationFn: (organisationId: string | null) =>
      api.put<StaffCreditor>(`/creditors/${creditorId}/organisation/`, { organisation_id: organisationId }),
    onSuccess: (creditor) => {
      keep(creditor);
      void refresh();
      onDone();
    },
  });
};
