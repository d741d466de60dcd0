"use client";

import { type RefObject, useEffect, useRef } from "react";

import { isCovered, isQuestion, isSlash, isTyping, letterOf } from "@/lib/keys";

export const ROW_ATTRIBUTE = "data-case-row";
export const COLUMN_ATTRIBUTE = "data-board-column";

export type RowKey = "select" | "assign" | "comment" | "step" | "peek" | "unread";

interface ListKeys {
  list: RefObject<HTMLElement | null>;
  search: RefObject<HTMLInputElement | null>;
  /** A letter pressed on the row that has the focus. */
  onRow: (key: RowKey, caseId: string) => void;
  /** The row that the walk has come to. */
  onActive: (caseId: string) => void;
  onEscape: () => void;
  onHelp: () => void;
}

/** Letters of a row. m and n both lead to the next step: one for «move», one for «next». */
const LETTERS: Record<string, RowKey> = {
  x: "select",
  a: "assign",
  c: "comment",
  m: "step",
  n: "step",
  u: "unread",
};

type Direction = "next" | "previous" | "right" | "left";
const ARROWS: Record<string, Direction> = {
  ArrowDown: "next",
  ArrowUp: "previous",
  ArrowRight: "right",
  ArrowLeft: "left",
};
const WALK: Record<string, Direction> = { j: "next", k: "previous", l: "right", h: "left" };

const rowsIn = (element: Element) => [...element.querySelectorAll<HTMLElement>(`[${ROW_ATTRIBUTE}]`)];
const idOf = (element: Element | null) => element?.getAttribute(ROW_ATTRIBUTE) ?? null;

const focusOn = (row: HTMLElement | undefined) => {
  row?.focus();
  row?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return row ?? null;
};

const sideways = (list: HTMLElement, active: Element | null, step: 1 | -1) => {
  const columns = [...list.querySelectorAll(`[${COLUMN_ATTRIBUTE}]`)].filter(
    (column) => rowsIn(column).length > 0,
  );
  const here = columns.findIndex((column) => column.contains(active));
  const to = columns[here < 0 ? 0 : here + step];
  if (!to) return null;
  const at = here < 0 ? 0 : rowsIn(columns[here] ?? to).findIndex((row) => row === active);
  const rows = rowsIn(to);
  return focusOn(rows[Math.min(at, rows.length - 1)]);
};

const walk = (list: HTMLElement, direction: Direction): HTMLElement | null => {
  const active = document.activeElement;
  if (direction === "right" || direction === "left")
    return sideways(list, active, direction === "right" ? 1 : -1);
  const column = active?.closest(`[${COLUMN_ATTRIBUTE}]`);
  const rows = rowsIn(column && list.contains(column) ? column : list);
  const current = rows.findIndex((row) => row === active);
  const step = direction === "next" ? 1 : -1;
  const next = rows[current < 0 ? (step > 0 ? 0 : rows.length - 1) : current + step];
  if (next) return focusOn(next);
  // Past the last row stands the button that brings more.
  if (step > 0) (column ?? list).querySelector<HTMLElement>("[data-more]")?.focus();
  return null;
};

/** Keys of the list and the board, by the place of the key: they work in every layout. «?» shows them all. */
export const useListKeys = (keys: ListKeys) => {
  const kept = useRef(keys);
  useEffect(() => {
    kept.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { list, search, onRow, onActive, onEscape, onHelp } = kept.current;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isCovered()) return;
      if (event.key === "Escape" && document.activeElement !== search.current) return onEscape();
      if (isTyping(event.target) || !list.current) return;
      const letter = event.shiftKey ? "" : letterOf(event);
      const direction = ARROWS[event.key] ?? WALK[letter];
      const focused = idOf(document.activeElement);
      const act = event.key === " " ? "peek" : LETTERS[letter];
      if (isQuestion(event)) onHelp();
      else if (isSlash(event)) {
        search.current?.focus();
        search.current?.select();
      } else if (direction) {
        const isSideways = direction === "left" || direction === "right";
        if (isSideways && !list.current.querySelector(`[${COLUMN_ATTRIBUTE}]`)) return;
        const row = idOf(walk(list.current, direction));
        if (row) onActive(row);
      } else if (act && focused) onRow(act, focused);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
};
