import { expect, test } from "vitest";

import { GAP, heldZoom, inSight, lengthOf, pageAt, placesOf, zoomed } from "./layout";
import { findText } from "./text-search";
import type { SheetPage, TextPage } from "./types";

const sheets = (count: number): SheetPage[] =>
  Array.from({ length: count }, (_, index) => ({ page: index + 1, width: 1000, height: 1400, url: "" }));

test("five hundred pages have their places at once, and few of them are mounted", () => {
  const places = placesOf(sheets(500), 500, 1);
  expect(places[0]).toEqual({ top: GAP, width: 500, height: 700 });
  expect(lengthOf(places)).toBe(500 * 716 + GAP);
  expect(inSight(places, 0, 800)).toEqual({ from: 0, to: 3 });
  const middle = inSight(places, 250 * 716, 800);
  expect(middle.to - middle.from).toBeLessThanOrEqual(5);
  expect(middle.from).toBeLessThan(250);
  expect(inSight(places, lengthOf(places), 800)).toEqual({ from: 499, to: 500 });
  expect(pageAt(places, 250 * 716, 800)).toBe(250);
  expect(inSight([], 0, 800)).toEqual({ from: 0, to: 0 });
});

test("zoom goes by steps and stays within bounds", () => {
  expect([zoomed(1, 1), zoomed(1, -1), zoomed(4, 1), zoomed(0.5, -1), zoomed(1.1, 1)]).toEqual([
    1.25, 0.75, 4, 0.5, 1.25,
  ]);
  expect([heldZoom(0.1), heldZoom(9)]).toEqual([0.5, 4]);
});

const word = (text: string, left: number, top: number, width = 0.1) => ({
  text,
  left,
  top,
  width,
  height: 0.02,
});

const page = (words: TextPage["words"], text = ""): TextPage => ({ page: 3, text, words });

test("a phrase is found over words and lines, whatever its case, ё and dashes", () => {
  const words = [
    word("Договор", 0.1, 0.1),
    word("займа", 0.22, 0.1),
    word("—", 0.34, 0.1, 0.02),
    word("Пётр", 0.1, 0.14),
  ];
  const [match, ...rest] = findText([page(words)], "займа - петр");
  expect(rest).toEqual([]);
  expect(match?.page).toBe(3);
  expect(match?.boxes).toHaveLength(2);
  expect(match?.boxes[0]?.left).toBe(0.22);
  expect(match?.boxes[0]?.width).toBeCloseTo(0.14);
  expect(match?.boxes[1]).toMatchObject({ left: 0.1, top: 0.14 });
});

test("part of a word lights up its word, twice where it stands twice", () => {
  const words = [word("қарыз", 0.1, 0.1), word("қарыздың", 0.3, 0.1)];
  expect(findText([page(words)], "ҚАРЫЗ").map(({ boxes }) => boxes[0]?.left)).toEqual([0.1, 0.3]);
});

test("where a file does not say where words stand, the page is still found", () => {
  expect(findText([page([], "Справка о доходах. Справка.")], "справка")).toEqual([
    { page: 3, boxes: [] },
    { page: 3, boxes: [] },
  ]);
});

test("a single letter finds nothing", () => {
  expect(findText([page([word("а", 0.1, 0.1)])], " а ")).toEqual([]);
});
