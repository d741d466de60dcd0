"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/**
 * False while the server's page is being taken over, true from the next render on. Parts of the page wake up one after
 * another: what one has fetched already must not change how a later one first looks, or React throws its markup away.
 */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
