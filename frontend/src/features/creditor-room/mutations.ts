"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api-client";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

import { roomKeys } from "./queries";
import type { AnswerInput, RoomLetterDetail, RoomPreview, RoomReport } from "./types";

const useRefresh = () => {
  const queryClient = useQueryClient();
  return {
    keep: (letter: RoomLetterDetail) => queryClient.setQueryData(roomKeys.letter(letter.id), letter),
    refresh: () => queryClient.invalidateQueries({ queryKey: roomKeys.all }),
  };
};

/** One step with a letter; the answer is the letter as it is then. */
const useLetterStep = <Body extends object>(letterId: string, path: string, onDone: () => void) => {
  const { keep, refresh } = useRefresh();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: Body) =>
      api.post<RoomLetterDetail>(`/room/letters/${letterId}/${path}/`, body, {
        idempotencyKey: keyFor(body),
      }),
    onSuccess: (letter) => {
      renew();
      keep(letter);
      void refresh();
      onDone();
    },
    onError: () => void refresh(),
  });
};

export const useRegister = (letterId: string, onDone: () => void) =>
  useLetterStep<{ number: string; received_on: string; start_review: boolean }>(letterId, "register", onDone);

export const useStartReview = (letterId: string, onDone: () => void) =>
  useLetterStep<Record<string, never>>(letterId, "review", onDone);

export const useGiveLetter = (letterId: string, onDone: () => void) =>
  useLetterStep<{ assignee_id: string | null }>(letterId, "give", onDone);

export const useAnswer = (letterId: string, onDone: () => void) =>
  useLetterStep<AnswerInput>(letterId, "answer", onDone);

interface BulkBody {
  letter_ids: readonly string[];
  answer: AnswerInput;
}

export const usePreview = () =>
  useMutation({ mutationFn: (body: BulkBody) => api.post<RoomPreview>("/room/answers/preview/", body) });

export const useBulkAnswer = () => {
  const { refresh } = useRefresh();
  const { keyFor, renew } = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: BulkBody) =>
      api.post<RoomReport>("/room/answers/", body, { idempotencyKey: keyFor(body) }),
    onSuccess: () => {
      renew();
      void refresh();
    },
  });
};

/** Keeps a file that has come whole until its answer is given. */
export const useUpload = () =>
  useMutation({
    mutationFn: (upload: string) => api.post<{ id: string; name: string }>("/room/files/", { upload }),
  });
