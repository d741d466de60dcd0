import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { OpenFile } from "./open-file";
import type { FileInfo } from "./types";

const FILE = "7b0a6f1e-0000-4000-8000-0000000000f1";

const info = (extra: Partial<FileInfo> = {}): FileInfo => ({
  id: FILE,
  name: "договор.pdf",
  mime: "application/pdf",
  size: 1_500_000,
  sha256: "",
  created_at: "2026-11-25T05:00:00Z",
  state: "ready",
  pages: Array.from({ length: 40 }, (_, index) => ({
    page: index + 1,
    width: 800,
    height: 1100,
    url: `/api/v1/files/${FILE}/pages/${index + 1}/`,
  })),
  pages_state: "ready",
  text_state: "ready",
  ...extra,
});

const words = (page: number, ...texts: string[]) => ({
  page,
  text: texts.join(" "),
  words: texts.map((text, index) => ({ text, left: 0.1 + index * 0.12, top: 0.2, width: 0.1, height: 0.02 })),
});

const answer = (body: FileInfo) =>
  server.use(http.get(`${API}/files/${FILE}/`, () => HttpResponse.json(body)));

const sizes = { clientWidth: 800, clientHeight: 600 };

/** jsdom lays nothing out: elements get a size, and scrolling tells of itself as in a browser. */
const tops = new WeakMap<Element, number>();
Object.defineProperty(HTMLElement.prototype, "scrollTop", {
  configurable: true,
  get(this: HTMLElement) {
    return tops.get(this) ?? 0;
  },
  set(this: HTMLElement, top: number) {
    tops.set(this, top);
    this.dispatchEvent(new Event("scroll"));
  },
});

beforeEach(() => {
  for (const [name, value] of Object.entries(sizes)) {
    vi.spyOn(HTMLElement.prototype, name as "clientWidth", "get").mockReturnValue(value);
  }
  server.use(
    http.get(`${API}/files/${FILE}/text/`, () =>
      HttpResponse.json({ pages: [words(1, "Договор", "займа"), words(30, "Сумма", "займа", "займа")] }),
    ),
  );
});

afterEach(() => vi.restoreAllMocks());

const open = async () => {
  renderScreen(<OpenFile fileId={FILE} label="Открыть файл" title="Справка" />);
  await userEvent.click(screen.getByRole("button", { name: "Открыть файл" }));
  return within(await screen.findByRole("dialog", { name: "Справка" }));
};

test("of forty pages only those near are drawn, and any page is a number away", async () => {
  answer(info());
  const dialog = await open();
  expect(await dialog.findByAltText("Справка, страница 1 из 40")).toBeVisible();
  expect(dialog.getAllByRole("img").length).toBeLessThan(5);
  const number = dialog.getByLabelText(/Номер страницы/);
  await userEvent.clear(number);
  await userEvent.type(number, "25{Enter}");
  expect(await dialog.findByAltText("Справка, страница 25 из 40")).toBeVisible();
  expect(dialog.queryByAltText("Справка, страница 1 из 40")).not.toBeInTheDocument();
  expect(dialog.getAllByRole("img").length).toBeLessThan(6);
});

test("found words are lit up, and Enter walks from one to the next and round", async () => {
  answer(info());
  const dialog = await open();
  await dialog.findByAltText("Справка, страница 1 из 40");
  const field = dialog.getByLabelText("Поиск в файле");
  await userEvent.type(field, "ЗАЙМА");
  expect(await dialog.findByText("1 из 3")).toBeVisible();
  expect(document.querySelectorAll("mark")).toHaveLength(1);
  await userEvent.type(field, "{Enter}");
  expect(dialog.getByText("2 из 3")).toBeVisible();
  expect(await dialog.findByAltText("Справка, страница 30 из 40")).toBeVisible();
  expect(document.querySelectorAll("mark")).toHaveLength(2);
  expect(document.querySelectorAll("mark[data-current]")).toHaveLength(1);
  await userEvent.type(field, "{Shift>}{Enter}{Enter}{/Shift}");
  expect(dialog.getByText("3 из 3")).toBeVisible();
  await userEvent.clear(field);
  await userEvent.type(field, "ипотека");
  expect(await dialog.findByText("Не нашлось")).toBeVisible();
});

test("words that are read while the file is open are found without opening it again", async () => {
  let isRead = false;
  server.use(
    http.get(`${API}/files/${FILE}/`, () => {
      const body = info({ text_state: isRead ? "ready" : "preparing" });
      isRead = true;
      return HttpResponse.json(body);
    }),
    http.get(`${API}/files/${FILE}/text/`, () =>
      HttpResponse.json({ pages: isRead && asked++ > 0 ? [words(1, "Справка")] : [] }),
    ),
  );
  let asked = 0;
  const dialog = await open();
  await dialog.findByAltText("Справка, страница 1 из 40");
  await userEvent.type(dialog.getByLabelText("Поиск в файле"), "справка");
  expect(dialog.getByText("Пока не нашлось: текст ещё читаем")).toBeVisible();
  expect(await dialog.findByText("1 из 1")).toBeVisible();
});

test("the pages grow and shrink by buttons and keys, and fit the width again", async () => {
  answer(info());
  const dialog = await open();
  await dialog.findByAltText("Справка, страница 1 из 40");
  await userEvent.click(dialog.getByRole("button", { name: "Увеличить" }));
  expect(dialog.getByText("125%")).toBeInTheDocument();
  dialog.getByRole("group", { name: "Страницы: Справка" }).focus();
  await userEvent.keyboard("--");
  expect(dialog.getByText("75%")).toBeInTheDocument();
  await userEvent.click(dialog.getByRole("button", { name: "По ширине окна" }));
  expect(dialog.getByText("100%")).toBeInTheDocument();
});

test("the text can be read without the pages", async () => {
  answer(info());
  const dialog = await open();
  await userEvent.click(await dialog.findByRole("button", { name: "Читать текстом" }));
  expect(dialog.getByText("Договор займа")).toBeVisible();
});

test("saving asks for a short link each time", async () => {
  answer(info());
  const asked = vi.fn();
  server.use(
    http.post(`${API}/files/${FILE}/link/`, async ({ request }) => {
      asked(await request.json());
      return HttpResponse.json({ url: "#content", expires_at: "2026-11-25T05:05:00Z" });
    }),
  );
  const dialog = await open();
  await userEvent.click(await dialog.findByRole("button", { name: /Скачать, 1,4/ }));
  await waitFor(() => expect(asked).toHaveBeenCalledWith({ form: "original" }));
  expect(dialog.queryByRole("button", { name: "Скачать как PDF" })).not.toBeInTheDocument();
});

test("a file under check opens by itself once it is clean", async () => {
  let asked = 0;
  server.use(
    http.get(`${API}/files/${FILE}/`, () => {
      asked += 1;
      return HttpResponse.json(
        asked === 1 ? info({ state: "checking", pages: [], pages_state: "none" }) : info(),
      );
    }),
  );
  const dialog = await open();
  expect(await dialog.findByText("Проверяем файл на вирусы")).toBeVisible();
  expect(dialog.queryByRole("button", { name: /Скачать/ })).not.toBeInTheDocument();
  expect(await dialog.findByAltText("Справка, страница 1 из 40")).toBeVisible();
});

test.each([
  ["infected", "В файле найден вирус"],
  ["unscannable", "Файл не удалось проверить"],
  ["failed", "Проверка пока не отвечает"],
  ["removed", "Файла здесь больше нет"],
] as const)("a file that is %s says so and gives nothing away", async (state, words_) => {
  answer(info({ state, pages: [], pages_state: "none", text_state: "none" }));
  const dialog = await open();
  expect(await dialog.findByText(words_)).toBeVisible();
  expect(dialog.queryByRole("button", { name: /Скачать/ })).not.toBeInTheDocument();
});

test("a table without pages can still be saved; without text nothing can be looked for", async () => {
  answer(info({ pages: [], pages_state: "none", text_state: "none" }));
  const dialog = await open();
  expect(await dialog.findByText("Страниц для показа нет")).toBeVisible();
  expect(dialog.getByRole("button", { name: /Скачать/ })).toBeVisible();
});

test("somebody else's file is not there", async () => {
  server.use(http.get(`${API}/files/${FILE}/`, () => problem(404, "files.not_found")));
  const dialog = await open();
  expect(await dialog.findByRole("alert")).toBeVisible();
});
