"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useSyncExternalStore } from "react";

import { sessionQuery } from "@/lib/session";

import { type Attach, EMPTY, queueOf } from "./queue";
import type { FileRules } from "./rules";

interface UploadsOptions {
  /** Where the files belong, e.g. `paper:<id>`: they are found again there after a reload. */
  slot: string;
  rules: FileRules;
  /** Uses up an upload that has come whole; its refusal is shown at the file. */
  attach: Attach;
}

/** The person and the place: another person on this device finds nothing. */
export const usePlace = (slot: string): { place: string; isKnown: boolean } => {
  const { data: session } = useQuery(sessionQuery);
  const person = session?.user?.id;
  return { place: `${person ?? "nobody"}:${slot}`, isKnown: person !== undefined };
};

/** The browser asks before a page is left whose work this device cannot keep. */
export const useLeaveWarning = (isRisky: boolean): void => {
  useEffect(() => {
    if (!isRisky) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isRisky]);
};

/** Files on their way at one place, and what the person can do with them. */
export const useUploads = ({ slot, rules, attach }: UploadsOptions) => {
  const { place, isKnown } = usePlace(slot);
  const queue = useMemo(() => queueOf(place), [place]);
  const { items, news } = useSyncExternalStore(queue.subscribe, queue.snapshot, () => EMPTY);
  useEffect(() => queue.attachWith(attach), [queue, attach]);
  useEffect(() => {
    if (isKnown) void queue.restore();
  }, [queue, isKnown]);
  useLeaveWarning(items.some(({ phase, isKept }) => phase !== "failed" && !isKept));
  return {
    items,
    news,
    attach,
    isBusy: items.some(({ phase }) => phase !== "failed"),
    add: (files: readonly File[]) => queue.add(files, rules),
    pause: (id: string) => queue.pause(id),
    resume: (id: string) => queue.resume(id),
    cancel: (id: string) => queue.cancel(id),
  };
};

export type Uploads = ReturnType<typeof useUploads>;
