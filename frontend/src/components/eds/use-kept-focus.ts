"use client";

import { type RefObject, useEffect } from "react";

/**
 * What was pressed went away with the step that it began, and the focus with it: the next step takes the focus up. It takes
 * nothing from an element that has it.
 */
export const useKeptFocus = (target: RefObject<HTMLElement | null>, isNext = true) => {
  useEffect(() => {
    if (isNext && document.activeElement === document.body) target.current?.focus({ preventScroll: true });
  }, [target, isNext]);
};
