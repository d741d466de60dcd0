"use client";

import { useCallback, useEffect, useState } from "react";

import { keptFiles } from "./device-files";
import { shotsPlace } from "./shots-place";
import { usePlace } from "./use-uploads";

/** How many photographed pages of a place wait on this device, and a way to count anew. */
export const useUnsentShots = (slot: string): [number, () => void] => {
  const { place, isKnown } = usePlace(slot);
  const [count, setCount] = useState(0);
  const recount = useCallback(() => {
    if (isKnown) void keptFiles(shotsPlace(place)).then((kept) => setCount(kept.length));
  }, [place, isKnown]);
  useEffect(recount, [recount]);
  return [count, recount];
};
