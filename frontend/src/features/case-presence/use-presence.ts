"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import * as z from "zod/mini";

import { sharedLine } from "@/lib/realtime";

/** Well below the time after which the server lets a mark fade. */
const BEAT_MS = 6_000;
/** Nothing was heard for so long: whoever was there may have gone, so nobody is shown. */
const SILENCE_MS = 20_000;

const messageSchema = z.object({
  present: z.string(),
  people: z.array(z.object({ id: z.string(), name: z.string(), writing: z.boolean() })),
});

export interface Colleague {
  id: string;
  name: string;
  writing: boolean;
}

/** Whoever types now into a field of the page; dialogs count, search in the head does not. */
const isTyping = (event: Event): boolean =>
  event.target instanceof HTMLTextAreaElement ||
  (event.target instanceof HTMLInputElement && event.target.closest("form") !== null);

/**
 * Who else has this case open now. Says every few seconds that one is here oneself; a hidden tab is away. Without a line, or
 * after silence, nobody is shown: better nobody than somebody who has gone.
 */
export const usePresence = (caseId: string): readonly Colleague[] => {
  const [people, setPeople] = useState<readonly Colleague[]>([]);
  const typedAt = useRef(0);
  const heardAt = useRef(0);
  const room = `case:${caseId}`;

  const beat = useCallback(() => {
    if (document.visibilityState !== "visible") return;
    sharedLine().say({ present: room, writing: Date.now() - typedAt.current < BEAT_MS });
  }, [room]);

  useEffect(() => {
    const line = sharedLine();
    const away = () => line.say({ away: room });
    const detach = line.attach({
      onOpen: beat,
      onClose: () => setPeople([]),
      onMessage: (message) => {
        const read = z.safeParse(messageSchema, message);
        if (!read.success || read.data.present !== room) return;
        heardAt.current = Date.now();
        setPeople(read.data.people);
      },
    });
    const timer = setInterval(() => {
      beat();
      if (Date.now() - heardAt.current > SILENCE_MS) setPeople([]);
    }, BEAT_MS);
    const onVisibility = () => (document.visibilityState === "visible" ? beat() : away());
    const onInput = (event: Event) => {
      if (!isTyping(event)) return;
      const isNew = Date.now() - typedAt.current > BEAT_MS;
      typedAt.current = Date.now();
      if (isNew) beat();
    };
    document.addEventListener("visibilitychange", onVisibility);
    document.addEventListener("input", onInput);
    return () => {
      away();
      detach();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onVisibility);
      document.removeEventListener("input", onInput);
      setPeople([]);
    };
  }, [beat, room]);
  return people;
};
