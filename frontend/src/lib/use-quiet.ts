"use client";

import { useEffect, useState } from "react";

const QUIET_MS = 300;

/** The value once it has stopped changing, so that not every letter asks the server. */
export const useQuiet = (value: string): string => {
  const [quiet, setQuiet] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(value), QUIET_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return quiet;
};
