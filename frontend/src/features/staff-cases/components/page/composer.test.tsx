import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, server } from "@/testing/server";
import { tusServer } from "@/testing/tus-server";

import { CASE_ID, madeCase } from "../../testing/made-cases";
import { Composer } from "./composer";
import { calledIn, matching, wordBeingCalled } from "./composer-mentions";

const sent: unknown[] = [];
const HEAD = { id: "0199aaaa-0000-7000-8000-000000000001", name: "Сейтова Асель", role: "Руководитель" };

const waiting = (...items: object[]) =>
  server.use(
    http.get(`${API}/cases/${CASE_ID}/comment-files/`, () =>
      HttpResponse.json({ items, max_bytes: 10, max_files: 10 }),
    ),
  );

beforeEach(() => {
  sent.length = 0;
  waiting();
  server.use(
    http.get(`${API}/cases/${CASE_ID}/mentionable/`, () => HttpResponse.json({ items: [HEAD] })),
    http.post(`${API}/cases/${CASE_ID}/comments/`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({}, { status: 201 });
    }),
  );
});

test("a note for staff is the first choice, and says who will read it", async () => {
  renderScreen(<Composer detail={madeCase()} />);
  expect(await screen.findByText("Увидят только сотрудники Kenes Hub")).toBeVisible();
  await userEvent.click(screen.getByRole("radio", { name: "Для всех" }));
  expect(screen.getByText("Увидят все участники дела, и заёмщик тоже")).toBeVisible();
  expect(screen.getByRole("button", { name: "Отправить всем" })).toBeVisible();
});

test("people are called by @ with the keyboard alone, and Ctrl+Enter sends", async () => {
  renderScreen(<Composer detail={madeCase()} />);
  const field = await screen.findByRole("textbox");
  await screen.findByText("Увидят только сотрудники Kenes Hub");
  await userEvent.type(field, "Посмотрите @Сей");
  expect(await screen.findByRole("option", { name: /Сейтова Асель/ })).toBeVisible();
  await userEvent.keyboard("{Enter}");
  expect(field).toHaveValue("Посмотрите @Сейтова Асель ");
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await vi.waitFor(() =>
    expect(sent).toEqual([
      { text: "Посмотрите @Сейтова Асель", audience: "internal", mentions: [HEAD.id], files: [] },
    ]),
  );
});

test("words for everybody that call a colleague are asked about once more", async () => {
  renderScreen(<Composer detail={madeCase()} />);
  await userEvent.click(await screen.findByRole("radio", { name: "Для всех" }));
  const field = screen.getByRole("textbox");
  await userEvent.type(field, "@Сейтова Асель, что думаете?");
  await userEvent.keyboard("{Escape}");
  await userEvent.click(screen.getByRole("button", { name: "Отправить всем" }));
  expect(await screen.findByText("Это увидит и заёмщик")).toBeVisible();
  expect(sent).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Всё равно отправить всем" }));
  await vi.waitFor(() => expect(sent).toHaveLength(1));
});

test("only the audiences that the API allows are offered", async () => {
  renderScreen(<Composer detail={madeCase({ allowed_actions: ["comment_organisation"] })} />);
  expect(await screen.findByText(/сотрудники Kenes Hub не увидят/)).toBeVisible();
  expect(screen.getAllByRole("radio")).toHaveLength(1);
});

test("a file that did not pass the check holds the comment back", async () => {
  const file = {
    id: "0199aaaa-0000-7000-8000-000000000002",
    name: "справка.pdf",
    size: 2048,
    mime: "application/pdf",
  };
  waiting({ ...file, state: "infected" });
  renderScreen(<Composer detail={madeCase()} />);
  expect(await screen.findByText("найден вирус, файл закрыт")).toBeVisible();
  expect(screen.getByRole("button", { name: "Добавить заметку" })).toBeDisabled();
});

test("files dropped on the form are sent at once", async () => {
  const names: string[] = [];
  server.use(
    ...tusServer().handlers,
    http.post<never, { upload: string }>(`${API}/cases/${CASE_ID}/comment-files/`, async ({ request }) => {
      names.push((await request.json()).upload);
      return HttpResponse.json({}, { status: 201 });
    }),
  );
  renderScreen(<Composer detail={madeCase()} />);
  const form = await screen.findByRole("form", { name: "Новый комментарий" });
  fireEvent.drop(form, { dataTransfer: { types: ["Files"], files: [new File(["x"], "a.pdf")] } });
  await vi.waitFor(() => expect(names).toEqual(["upload-1"]));
});

test("the word behind the last @ decides who is offered", () => {
  expect(wordBeingCalled("Привет @Сей", 11)).toBe("Сей");
  expect(wordBeingCalled("почта a@b.kz", 12)).toBeNull();
  expect(matching([HEAD], "асе")).toEqual([HEAD]);
  expect(calledIn("@Сейтова Асель и @Другой", [HEAD])).toEqual([HEAD]);
});
