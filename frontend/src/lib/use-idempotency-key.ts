"use client";

import { useCallback, useRef } from "react";

import { newKey } from "@/lib/api-client";

/**
 * One key per form and body: a second press or a retry after a lost answer repeats the key, an edited body gets a new one
 * (the server refuses a known key with another body), and `renew` starts afresh after success.
 */
export const useIdempotencyKey = () => {
  const current = useRef<{ key: string; body: string } | null>(null);

  const keyFor = useCallback((body: unknown): string => {
    const text = JSON.stringify(body ?? {});
    if (current.current?.body !== text) current.current = { key: newKey(), body: text };
    return current.current.key;
  }, []);

  const renew = useCallback(() => {
    current.current = null;
  }, []);

  return { keyFor, renew };
};
