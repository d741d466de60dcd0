import type { SheetPage } from "./types";

export const GAP = 16;
export const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4] as const;
const LEAST = ZOOMS[0];
const MOST = 4;

export interface Place {
  top: number;
  width: number;
  height: number;
}

/** Where each page stands when a page of zoom 1 is as wide as the window; all of it known before a picture comes. */
export const placesOf = (pages: readonly SheetPage[], width: number, zoom: number): Place[] => {
  let top = GAP;
  return pages.map((page) => {
    const place = {
      top,
      width: width * zoom,
      height: (width * zoom * page.height) / Math.max(1, page.width),
    };
    top += place.height + GAP;
    return place;
  });
};

/** Height of the whole strip. */
export const lengthOf = (places: readonly Place[]): number => {
  const last = places.at(-1);
  return last ? last.top + last.height + GAP : 0;
};

/** First place that ends below this height, by halving. */
const firstBelow = (places: readonly Place[], height: number): number => {
  let [from, to] = [0, places.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const place = places[middle];
    if (place && place.top + place.height <= height) from = middle + 1;
    else to = middle;
  }
  return from;
};

/** Pages to be mounted: those in sight and one before and after, so that scrolling meets no white. */
export const inSight = (
  places: readonly Place[],
  top: number,
  height: number,
): { from: number; to: number } => {
  const from = firstBelow(places, top);
  let to = from;
  while (to < places.length && (places[to]?.top ?? 0) < top + height) to += 1;
  return { from: Math.max(0, from - 1), to: Math.min(places.length, to + 1) };
};

/** The page a person is reading: the one at a third of the window. */
export const pageAt = (places: readonly Place[], top: number, height: number): number =>
  Math.min(places.length - 1, firstBelow(places, top + height / 3));

/** The next step of zoom up or down. */
export const zoomed = (zoom: number, by: 1 | -1): number => {
  const steps = by === 1 ? ZOOMS : [...ZOOMS].reverse();
  return steps.find((step) => (by === 1 ? step > zoom + 0.01 : step < zoom - 0.01)) ?? zoom;
};

export const heldZoom = (zoom: number): number => Math.min(MOST, Math.max(LEAST, zoom));
