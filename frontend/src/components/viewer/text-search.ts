import type { TextPage } from "./types";

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Match {
  page: number;
  /** Boxes of its words, one for each line it runs over; empty where the file does not say where words stand. */
  boxes: Box[];
}

const SHORTEST = 2;

/** The same letter for readers: case, ё, accents of other alphabets, and dashes and quotes of all kinds do not matter. */
export const plain = (text: string): string =>
  text
    .toLocaleLowerCase("ru")
    .replaceAll("ё", "е")
    .replace(/[‐‑‒–—−]/g, "-")
    .replace(/[«»“”„]/g, '"')
    .replace(/\s+/g, " ");

/** Words side by side on one line become one box, so that a highlighted phrase has no holes. */
const joined = (boxes: readonly Box[]): Box[] => {
  const lines: Box[] = [];
  for (const box of boxes) {
    const last = lines.at(-1);
    const isSameLine =
      last !== undefined &&
      box.left >= last.left &&
      Math.abs(box.top + box.height / 2 - last.top - last.height / 2) < Math.max(box.height, last.height) / 2;
    if (!last || !isSameLine) {
      lines.push({ ...box });
      continue;
    }
    const bottom = Math.max(last.top + last.height, box.top + box.height);
    last.top = Math.min(last.top, box.top);
    last.height = bottom - last.top;
    last.width = box.left + box.width - last.left;
  }
  return lines;
};

const inWords = ({ page, words }: TextPage, wanted: string): Match[] => {
  const starts: number[] = [];
  let text = "";
  for (const word of words) {
    starts.push(text.length);
    text += `${plain(word.text).trim()} `;
  }
  const found: Match[] = [];
  let first = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    while ((starts[first + 1] ?? Infinity) <= at) first += 1;
    let last = first;
    while ((starts[last + 1] ?? Infinity) < at + wanted.length) last += 1;
    found.push({ page, boxes: joined(words.slice(first, last + 1)) });
  }
  return found;
};

const inText = ({ page, text }: TextPage, wanted: string): Match[] => {
  const whole = plain(text);
  const found: Match[] = [];
  for (let at = whole.indexOf(wanted); at >= 0; at = whole.indexOf(wanted, at + wanted.length)) {
    found.push({ page, boxes: [] });
  }
  return found;
};

/** Every place where these words stand, in reading order. Nothing is looked for by a single letter. */
export const findText = (pages: readonly TextPage[], query: string): Match[] => {
  const wanted = plain(query).trim();
  if (wanted.length < SHORTEST) return [];
  return pages.flatMap((page) => (page.words.length > 0 ? inWords(page, wanted) : inText(page, wanted)));
};
