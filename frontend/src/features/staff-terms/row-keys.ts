"use client";

import { type KeyboardEvent, useCallback } from "react";

const STEPS: Partial<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** j and k (or the arrows) walk over the links of a list; Enter opens the focused one by itself. */
export const useRowKeys = () =>
  useCallback((event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    if (target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return;
    const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>("li > a[href]")];
    if (links.length === 0) return;
    const at = links.findIndex((link) => link === document.activeElement);
    const next = at === -1 ? (step > 0 ? 0 : links.length - 1) : at + step;
    links[Math.min(Math.max(next, 0), links.length - 1)]?.focus();
    event.preventDefault();
  }, []);
