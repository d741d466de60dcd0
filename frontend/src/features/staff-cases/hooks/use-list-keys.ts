"use client";

import { type RefObject, useEffect } from "react";

export const ROW_ATTRIBUTE = "data-case-row";

interface ListKeys {
  list: RefObject<HTMLElement | null>;
  search: RefObject<HTMLInputElement | null>;
  onPeek: (caseId: string) => void;
  onActive: (caseId: string) => void;
  onEscape: () => void;
  onHelp: () => void;
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

const isCovered = () => document.querySelector('[role="dialog"][data-state="open"]') !== null;

const move = (list: HTMLElement, step: 1 | -1): HTMLElement | null => {
  const rows = [...list.querySelectorAll<HTMLElement>(`[${ROW_ATTRIBUTE}]`)];
  const current = rows.findIndex((row) => row === document.activeElement);
  const next = rows[current < 0 ? (step > 0 ? 0 : rows.length - 1) : current + step];
  if (next) {
    next.focus();
    next.scrollIntoView({ block: "nearest" });
    return next;
  }
  // Past the last row stands the button that brings more.
  if (step > 0) list.querySelector<HTMLElement>("[data-more]")?.focus();
  return null;
};

const STEPS: Record<string, 1 | -1> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
/** The same keys in the Russian and Kazakh layouts, which give о and л. */
const SAME_KEY: Record<string, string> = { о: "j", л: "k" };

/** j and k or arrows walk the rows, space opens a glance, «/» goes to the search, «?» lists the keys. */
export const useListKeys = ({ list, search, onPeek, onActive, onEscape, onHelp }: ListKeys) => {
  useEffect(() => {
    const idOf = (element: Element | null) => element?.getAttribute(ROW_ATTRIBUTE) ?? null;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isCovered()) return;
      if (event.key === "Escape" && document.activeElement !== search.current) return onEscape();
      if (isTyping(event.target) || !list.current) return;
      const isSlash = event.key === "/" || (event.code === "Slash" && !event.shiftKey);
      const key = isSlash ? "/" : (SAME_KEY[event.key.toLowerCase()] ?? event.key);
      const step = STEPS[key];
      const focused = idOf(document.activeElement);
      if (step) {
        event.preventDefault();
        const row = idOf(move(list.current, step));
        if (row) onActive(row);
      } else if (key === " " && focused) {
        event.preventDefault();
        onPeek(focused);
      } else if (isSlash) {
        event.preventDefault();
        search.current?.focus();
        search.current?.select();
      } else if (event.key === "?" || (event.shiftKey && event.code === "Digit7")) {
        event.preventDefault();
        onHelp();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [list, search, onPeek, onActive, onEscape, onHelp]);
};
