"use client";

import { useEffect, useState } from "react";

/** Whole seconds until a moment of this device's clock, never below zero; counts anew when the moment changes. */
export const useCountdown = (untilMs: number | null): number => {
  const [now, setNow] = useState(() => Date.now());

  useEffect(() => {
    if (untilMs === null) return;
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [untilMs]);

  return untilMs === null ? 0 : Math.max(0, Math.ceil((untilMs - now) / 1000));
};
