import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, server } from "@/testing/server";

import { NO_FILTERS } from "../../filters";
import { COLUMN_ATTRIBUTE } from "../../hooks/use-list-keys";
import { Board } from "./board";

const COLUMN_WIDTH = 300;
const figures = (count: number) => ({ count, total_tiyn: 0 });

beforeEach(() => {
  server.use(
    http.get(`${API}/cases/`, () => HttpResponse.json({ items: [], next_cursor: null })),
    http.post(`${API}/cases/totals/`, () =>
      HttpResponse.json({
        whole: figures(7),
        by_status: { submitted: figures(0), triage: figures(0), awaiting_borrower: figures(7) },
        by_term: {},
      }),
    ),
  );
  // Columns stand side by side, as the browser would lay them out.
  vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(COLUMN_WIDTH);
  vi.spyOn(HTMLElement.prototype, "offsetLeft", "get").mockImplementation(function (this: HTMLElement) {
    const columns = [...document.querySelectorAll(`[${COLUMN_ATTRIBUTE}]`)];
    return Math.max(columns.indexOf(this), 0) * COLUMN_WIDTH;
  });
});

afterEach(() => vi.restoreAllMocks());

const scrolledOn = async (width: number) => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(width);
  const { container } = renderScreen(
    <Board by="status" filters={NO_FILTERS} text="" peek={null} onStep={() => undefined} />,
  );
  await screen.findByText(/^7 /);
  return container.querySelector(".overflow-x-auto")?.scrollLeft;
};

test("a phone opens the board at the first column that has cards", async () => {
  expect(await scrolledOn(390)).toBe(2 * COLUMN_WIDTH - 12);
});

test("a wide screen that shows the column already is not moved", async () => {
  expect(await scrolledOn(1440)).toBe(0);
});
