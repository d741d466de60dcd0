"use client";

import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";

import { GAP, heldZoom, pageAt, placesOf } from "./layout";
import type { Match } from "./text-search";
import type { SheetPage } from "./types";

/** Wider pages are harder to read than to scroll. */
const WIDEST = 900;
const WHEEL_STEP = 0.01;

interface View {
  width: number;
  height: number;
  top: number;
}

/** Size of the window and how far it is scrolled, once a frame at most. */
const useView = (frame: RefObject<HTMLDivElement | null>): View => {
  const [view, setView] = useState<View>({ width: 0, height: 0, top: 0 });
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    let asked = 0;
    const read = () => {
      asked = 0;
      setView({ width: element.clientWidth, height: element.clientHeight, top: element.scrollTop });
    };
    const ask = () => {
      asked ||= requestAnimationFrame(read);
    };
    ask();
    element.addEventListener("scroll", ask, { passive: true });
    const observer = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(ask);
    observer?.observe(element);
    return () => {
      cancelAnimationFrame(asked);
      element.removeEventListener("scroll", ask);
      observer?.disconnect();
    };
  }, [frame]);
  return view;
};

const apart = ([one, other]: TouchList | readonly Touch[]): number =>
  one && other ? Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) : 0;

/** Two fingers, and the wheel with Ctrl (which is what touchpads send), change the zoom of the pages, not of the site. */
const usePinch = (frame: RefObject<HTMLDivElement | null>, scale: (factor: number) => void) => {
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    let distance = 0;
    const begin = (event: TouchEvent) => {
      distance = event.touches.length === 2 ? apart([...event.touches]) : 0;
    };
    const move = (event: TouchEvent) => {
      if (event.touches.length !== 2 || distance === 0) return;
      event.preventDefault();
      const now = apart([...event.touches]);
      scale(now / distance);
      distance = now;
    };
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      scale(Math.exp(-event.deltaY * WHEEL_STEP));
    };
    element.addEventListener("touchstart", begin, { passive: true });
    element.addEventListener("touchmove", move, { passive: false });
    element.addEventListener("wheel", wheel, { passive: false });
    return () => {
      element.removeEventListener("touchstart", begin);
      element.removeEventListener("touchmove", move);
      element.removeEventListener("wheel", wheel);
    };
  }, [frame, scale]);
};

/** Where pages stand, what is in sight, and how one moves among them. */
export const useSheets = (pages: readonly SheetPage[]) => {
  const frame = useRef<HTMLDivElement>(null);
  const view = useView(frame);
  const [zoom, setRawZoom] = useState(1);
  const width = Math.max(0, Math.min(WIDEST, view.width - 2 * GAP));
  const places = useMemo(() => placesOf(pages, width, zoom), [pages, width, zoom]);
  const shown = useRef(1);

  // What was in the middle of the window stays there when the pages grow or shrink.
  useLayoutEffect(() => {
    const element = frame.current;
    const factor = zoom / shown.current;
    shown.current = zoom;
    if (!element || factor === 1) return;
    const keep = (start: number, size: number) => Math.max(0, (start + size / 2) * factor - size / 2);
    element.scrollTop = keep(element.scrollTop, element.clientHeight);
    element.scrollLeft = keep(element.scrollLeft, element.clientWidth);
  }, [zoom]);

  const setZoom = useCallback((next: number) => setRawZoom(heldZoom(next)), []);
  const scale = useCallback((factor: number) => setRawZoom((now) => heldZoom(now * factor)), []);
  usePinch(frame, scale);

  const goTo = (index: number) => {
    const place = places[Math.min(places.length - 1, Math.max(0, index))];
    if (frame.current && place) frame.current.scrollTop = place.top - GAP;
  };
  const reveal = (match: Match) => {
    const index = pages.findIndex(({ page }) => page === match.page);
    const [place, box, element] = [places[index], match.boxes[0], frame.current];
    if (!place || !element) return;
    element.scrollTop = place.top - GAP + (box ? Math.max(0, box.top * place.height - view.height / 3) : 0);
    if (box) element.scrollLeft = Math.max(0, box.left * place.width - view.width / 3);
  };
  return {
    frame,
    view,
    zoom,
    setZoom,
    places,
    at: Math.max(0, pageAt(places, view.top, view.height)),
    goTo,
    reveal,
  };
};

export type Sheets = ReturnType<typeof useSheets>;
