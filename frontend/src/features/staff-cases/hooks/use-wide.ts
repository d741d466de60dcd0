"use client";

import { useSyncExternalStore } from "react";

const WIDE = "(min-width: 768px)";

const list = () => (typeof window.matchMedia === "function" ? window.matchMedia(WIDE) : null);

const subscribe = (onChange: () => void) => {
  const media = list();
  media?.addEventListener("change", onChange);
  return () => media?.removeEventListener("change", onChange);
};

/** Whether a table fits: narrow screens get cards, and never both in the page at once. */
export const useWide = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => list()?.matches ?? true,
    () => true,
  );
