import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, borrowerSession, server } from "@/testing/server";

import { roomLetter } from "./letter-list.fixture";
import { LetterList } from "./letter-list";

test("the board puts each letter into the column of its pile, and a failing column does not take the others along", async () => {
  server.use(
    http.get(`${API}/session/`, () => HttpResponse.json(borrowerSession())),
    http.get(`${API}/room/letters/counts/`, () =>
      HttpResponse.json({ new: 1, in_work: 0, answered: 0, overdue: 3 }),
    ),
    http.get(`${API}/room/lists/`, () => HttpResponse.json({ papers: [], reasons: [], people: [] })),
    http.get(`${API}/room/letters/`, ({ request }) => {
      const tab = new URL(request.url).searchParams.get("tab");
      if (tab === "overdue") return new HttpResponse(null, { status: 503 });
      const items = tab === "new" ? [roomLetter("1")] : [];
      return HttpResponse.json({ items, next_cursor: null });
    }),
  );
  renderScreen(<LetterList />);
  await userEvent.click(await screen.findByRole("button", { name: "Доска" }));
  const column = (name: string) => screen.getByRole("region", { name });
  expect(await within(column("Новые")).findByRole("link", { name: /Омаров Серик/ })).toBeVisible();
  expect(await within(column("В работе")).findByText("Пусто")).toBeVisible();
  expect(await within(column("Срок прошёл")).findByRole("button", { name: "Повторить" })).toBeVisible();
  expect(within(column("Срок прошёл")).getByText("3")).toBeVisible();
  expect(screen.queryByRole("checkbox")).toBeNull();
});
