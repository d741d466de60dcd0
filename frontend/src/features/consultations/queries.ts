"use client";

import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { components } from "@/api/schema";
import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

export type Host = components["schemas"]["HostRow"];
export type Slot = components["schemas"]["SlotRow"];
export type Booking = components["schemas"]["BookingRow"];
export type BookingInput = components["schemas"]["BookingInputRequest"];
type HostPage = components["schemas"]["HostPage"];
type SlotList = components["schemas"]["SlotList"];
type BookingPage = components["schemas"]["BookingPage"];

export const consultationKeys = { all: ["consultations"] as const };

export const directoryQuery = (filters: Record<string, string>) =>
  infiniteQueryOptions({
    queryKey: [...consultationKeys.all, "directory", filters],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.get<HostPage>("/specialist-pages/", { query: { ...filters, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const slotsQuery = (hostId: string) =>
  queryOptions({
    queryKey: [...consultationKeys.all, "slots", hostId],
    queryFn: ({ signal }) =>
      api.get<SlotList>(`/specialist-pages/${hostId}/slots/`, { query: { days: 14 }, signal }),
  });

export const bookingsQuery = (asHost: boolean, when: "ahead" | "past") =>
  infiniteQueryOptions({
    queryKey: [...consultationKeys.all, "bookings", asHost, when],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.get<BookingPage>("/consultations/", {
        query: { as_host: asHost, when, cursor: pageParam },
        signal,
      }),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const useBook = (onDone: () => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: BookingInput) =>
      api.post<Booking>("/consultations/", body, { idempotencyKey: keyFor(body) }),
    onSuccess: () => {
      renew();
      void queryClient.invalidateQueries({ queryKey: consultationKeys.all });
      onDone();
    },
    onError: () => void queryClient.invalidateQueries({ queryKey: [...consultationKeys.all, "slots"] }),
  });
};

/** A step with a booked consultation: move, cancel, finish, summary. */
export const useBookingStep = <Body extends object>(bookingId: string, path: string, onDone: () => void) => {
  const queryClient = useQueryClient();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: Body) =>
      api.post<Booking>(`/consultations/${bookingId}/${path}/`, body, { idempotencyKey: keyFor(body) }),
    onSuccess: () => {
      renew();
      onDone();
    },
    onSettled: () => void queryClient.invalidateQueries({ queryKey: consultationKeys.all }),
  });
};
