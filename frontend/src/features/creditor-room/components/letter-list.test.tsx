import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, borrowerSession, server } from "@/testing/server";

import type { RoomLetter } from "../types";
import { LetterList } from "./letter-list";
import { roomLetter as letter } from "./letter-list.fixture";

let letters: RoomLetter[];

beforeEach(() => {
  letters = [
    letter("1"),
    letter("2", { days_left: -2, due: "2026-11-24", tab: "overdue" }),
    letter("3", { answerable: false }),
  ];
  server.use(
    http.get(`${API}/session/`, () => HttpResponse.json(borrowerSession())),
    http.get(`${API}/room/letters/`, () => HttpResponse.json({ items: letters, next_cursor: null })),
    http.get(`${API}/room/letters/counts/`, () =>
      HttpResponse.json({ new: 1, in_work: 0, answered: 1, overdue: 1 }),
    ),
    http.get(`${API}/room/lists/`, () =>
      HttpResponse.json({
        papers: [{ code: "IDENTITY", label: "Удостоверение личности" }],
        reasons: [{ code: "OTHER", label: "Другая причина" }],
        people: [],
      }),
    ),
  );
});

test("a late letter says so in words, and an answered one cannot be chosen", async () => {
  renderScreen(<LetterList />);
  expect(await screen.findByText("Просрочено на 2 дня")).toBeVisible();
  expect(screen.getByRole("checkbox", { name: /KH-2026-000003/ })).toBeDisabled();
  expect(screen.getByRole("button", { name: "Ответить на выбранные" })).toBeDisabled();
});

test("many letters are looked at before one answer is sent to them, and each is reported", async () => {
  const sent = vi.fn();
  const row = (id: string, code: string) => ({
    letter_id: id,
    case_number: `KH-2026-00000${id}`,
    borrower_name: "Омаров Серик",
    contract_number: "МК-1",
    code,
    detail: code ? "Этот ответ сейчас невозможен" : "",
    before: null,
    after: null,
    schedule: [],
  });
  server.use(
    http.post(`${API}/room/answers/preview/`, () =>
      HttpResponse.json({ items: [row("1", ""), row("2", "answer.not_possible")], possible: 1 }),
    ),
    http.post(`${API}/room/answers/`, async ({ request }) => {
      sent(await request.json());
      return HttpResponse.json({ items: [row("1", ""), row("2", "answer.not_possible")], answered: 1 });
    }),
  );
  renderScreen(<LetterList />);
  await userEvent.click(await screen.findByRole("checkbox", { name: "Выбрать все на странице" }));
  await userEvent.click(screen.getByRole("button", { name: "Ответить на выбранные" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Посмотреть, что получится" }));
  expect(await within(dialog).findByText("Можно ответить: 1 из 2")).toBeVisible();
  expect(sent).not.toHaveBeenCalled();
  await userEvent.click(within(dialog).getByRole("button", { name: "Отправить 1 ответ" }));
  expect(await screen.findByText("Отправлено ответов: 1 из 2")).toBeVisible();
  expect(sent).toHaveBeenCalledWith(
    expect.objectContaining({ letter_ids: ["1", "2"], answer: expect.objectContaining({ kind: "agree" }) }),
  );
});
