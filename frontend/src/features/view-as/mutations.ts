"use client";

import { useMutation } from "@tanstack/react-query";

import type { Session } from "@/api/types";
import { api } from "@/lib/api-client";
import { useEnterSession } from "@/lib/session";

/** Everything read before belongs to other eyes: entering the answered session forgets it. */
const useSwitchEyes = <T>(request: (input: T) => Promise<Session>, onDone: (session: Session) => void) => {
  const enter = useEnterSession();
  return useMutation({
    mutationFn: request,
    onSuccess: (session) => {
      enter(session);
      onDone(session);
    },
  });
};

export const useStartViewing = (personId: string, onDone: (session: Session) => void) =>
  useSwitchEyes((reason: string) => api.post<Session>(`/people/${personId}/view-as/`, { reason }), onDone);

export const useEndViewing = (onDone: (session: Session) => void) =>
  useSwitchEyes(() => api.post<Session>("/view-as/end/"), onDone);
