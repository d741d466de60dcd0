"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";

/**
 * Filters of a list that live in the address: they can be kept, sent to a colleague and gone back from.
 * Never for words that may name a person: those stay in the state of the screen and travel in a body.
 */
export const useUrlFilters = <K extends string>(names: readonly K[]) => {
  const params = useSearchParams();
  const text = params.toString();
  const known = useMemo(() => new URLSearchParams(text), [text]);

  const get = useCallback((name: K): string => known.get(name) ?? "", [known]);
  const set = useCallback(
    (changes: Partial<Record<K, string>>) => {
      const next = new URLSearchParams(text);
      for (const name of names) {
        const value = changes[name];
        if (value === undefined) continue;
        if (value) next.set(name, value);
        else next.delete(name);
      }
      const query = next.toString();
      window.history.pushState(null, "", `${window.location.pathname}${query ? `?${query}` : ""}`);
    },
    [names, text],
  );
  const clear = useCallback(() => window.history.pushState(null, "", window.location.pathname), []);
  const isNarrowed = names.some((name) => Boolean(known.get(name)));
  return { get, set, clear, isNarrowed };
};
