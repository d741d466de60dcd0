"use client";

import { useEffect, useMemo, useSyncExternalStore } from "react";

import { useLeaveWarning, usePlace } from "../use-uploads";
import { bookOf, EMPTY_BOOK } from "./shot-book";

/** The photographed pages of one place. */
export const useShots = (slot: string) => {
  const { place, isKnown } = usePlace(slot);
  const book = useMemo(() => bookOf(place), [place]);
  const state = useSyncExternalStore(book.subscribe, book.snapshot, () => EMPTY_BOOK);
  useEffect(() => {
    if (isKnown) void book.restore();
  }, [book, isKnown]);
  useLeaveWarning(state.shots.some(({ isKept }) => !isKept));
  return { book, state };
};
