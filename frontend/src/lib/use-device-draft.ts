"use client";

import { useCallback, useState } from "react";
import type { ZodMiniType } from "zod/mini";

import { DEVICE_PREFIX } from "@/lib/device-storage";

const read = <T>(key: string, shape: ZodMiniType<T>): T | null => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    const parsed = shape.safeParse(stored);
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

/**
 * Answers of a long form, kept on this device until they are sent: a reload or a lost session loses nothing. Belongs to one
 * person, goes away with signing out. Only for parts of a page that the server never renders.
 */
export const useDeviceDraft = <T>(name: string, personId: string, shape: ZodMiniType<T>, initial: T) => {
  const key = `${DEVICE_PREFIX}${name}.${personId}`;
  const [draft, setDraft] = useState<T>(() => read(key, shape) ?? initial);
  const keep = useCallback(
    (next: T) => {
      setDraft(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Storage may be full or forbidden; the page itself still holds the answers.
      }
    },
    [key],
  );
  const forget = useCallback(() => {
    try {
      localStorage.removeItem(key);
    } catch {
      return;
    }
  }, [key]);
  return { draft, keep, forget };
};
