"use client";

import { type UIEvent, useState } from "react";

const SPARE = 12;

/** Which rows of a long table are drawn: those in sight and a few around; short tables are drawn whole. */
export const useWindowRows = (count: number, rowHeight: number, height: number) => {
  const [top, setTop] = useState(0);
  const isLong = count * rowHeight > height * 2;
  const first = isLong ? Math.max(0, Math.floor(top / rowHeight) - SPARE) : 0;
  const last = isLong ? Math.min(count, Math.ceil((top + height) / rowHeight) + SPARE) : count;
  return {
    first,
    last,
    before: first * rowHeight,
    after: (count - last) * rowHeight,
    onScroll: (event: UIEvent<HTMLElement>) => setTop(event.currentTarget.scrollTop),
  };
};
