import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import {
  DEBTS,
  DOCUMENT_ID,
  DRAFT_ID,
  GOODS,
  HAS_PROOF,
  madeDraft,
  NOTARY,
  PROOF,
  SUM,
} from "../testing/made-draft";
import type { DraftDetail } from "../types";
import { Interview } from "./interview";

const ADDRESS = `${API}/document-drafts/${DRAFT_ID}/`;
const PLACES = { documents: "/cases/1/documents", document: (id: string) => `/documents/${id}` };

const told: unknown[] = [];

beforeEach(() => {
  told.length = 0;
  localStorage.clear();
  window.history.replaceState(null, "", "/ru/cases/1/documents/interview/2");
});

/** The API with one draft; `answer` says what comes back for what was told. */
const open = (draft: DraftDetail, answer: (call: number) => Response | DraftDetail = () => draft) => {
  let present = draft;
  server.use(
    http.get(ADDRESS, () => HttpResponse.json(present)),
    http.patch(ADDRESS, async ({ request }) => {
      told.push(await request.json());
      const found = answer(told.length);
      if (found instanceof Response) return found;
      present = found;
      return HttpResponse.json(found);
    }),
  );
  const shown = renderScreen(<Interview draftId={DRAFT_ID} places={PLACES} debts={DEBTS} />);
  return { ...shown, become: (next: DraftDetail) => (present = next) };
};

const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const at = (question: string) => window.history.replaceState(null, "", `?question=${question}`);

test("a question says its place and why it is asked, and is saved before the next one comes", async () => {
  const answered = madeDraft([{ ...NOTARY, value: "Байжанова Гүлнар" }, SUM], { version: 4 });
  const { container } = open(madeDraft([NOTARY, SUM]), () => answered);
  await userEvent.type(await screen.findByLabelText("Как зовут нотариуса?"), "Байжанова Гүлнар");
  expect(screen.getByText("Вопрос 1 из 2")).toBeVisible();
  expect(screen.getByText("Почему спрашиваем: Имя стоит на копии.")).toBeVisible();
  expect(screen.getByText("Айқын Қаржы, K-1")).toBeVisible();
  expect((await axe.run(container)).violations).toEqual([]);
  await press("Дальше");
  expect(await screen.findByText("Вопрос 2 из 2")).toBeVisible();
  expect(told).toEqual([{ version: 3, answers: { "notary.name": "Байжанова Гүлнар" } }]);
  expect(window.location.search).toBe("?question=inscription.sum");
});

test("an answer known to the case is filled in, stays the case's when nothing is changed, and can be corrected", async () => {
  at("inscription.sum");
  open(madeDraft([NOTARY, SUM]));
  const field = await screen.findByLabelText(/Какая сумма указана в надписи\?/);
  expect(field).toHaveValue("1\u00a0468\u00a0921");
  expect(screen.getByText("из дела")).toBeVisible();
  await press("Дальше");
  expect(await screen.findByText("Проверьте ответы")).toBeVisible();
  expect(told).toEqual([]);
  await press("Изменить: Какая сумма указана в надписи?");
  const again = await screen.findByLabelText(/Какая сумма указана в надписи\?/);
  await userEvent.clear(again);
  await userEvent.type(again, "1500000,50");
  await press("Сохранить ответ");
  await waitFor(() => expect(told).toEqual([{ version: 3, answers: { "inscription.sum": 150000050 } }]));
  expect(await screen.findByText("Проверьте ответы")).toBeVisible();
});

test("what cannot be read is refused at its field before anything is sent", async () => {
  at("inscription.sum");
  open(madeDraft([{ ...SUM, value: null, is_known: false }]));
  await press2("Дальше");
  expect(await screen.findByText("Без этого ответа документ не подготовить")).toBeVisible();
  await userEvent.type(screen.getByLabelText(/Какая сумма/), "много");
  await press("Дальше");
  expect(screen.getByLabelText(/Какая сумма/)).toHaveAccessibleDescription(/Напишите сумму цифрами/);
  expect(told).toEqual([]);
});

const press2 = async (name: string) => userEvent.click(await screen.findByRole("button", { name }));

test("an answer that the server refuses is said at its field, and what was typed stays", async () => {
  open(madeDraft([NOTARY, SUM]), () =>
    problem(400, "invalid", {
      errors: [{ pointer: "/answers/notary.name", code: "too_long", detail: "Ответ слишком длинный." }],
    }),
  );
  const field = await screen.findByLabelText("Как зовут нотариуса?");
  await userEvent.type(field, "Байжанова");
  await press("Дальше");
  await waitFor(() => expect(field).toHaveAccessibleDescription(/Ответ слишком длинный\./));
  expect(field).toHaveValue("Байжанова");
  await userEvent.type(field, " Г.");
  expect(screen.queryByText("Ответ слишком длинный.")).not.toBeInTheDocument();
});

test("an answer given meanwhile by another is shown beside what was typed, which goes with the next press", async () => {
  const theirs = madeDraft([{ ...NOTARY, value: "Сериков Арман" }, SUM], { version: 9 });
  const mine = madeDraft([{ ...NOTARY, value: "Байжанова" }, SUM], { version: 10 });
  const { become } = open(madeDraft([NOTARY, SUM]), (call) =>
    call === 1 ? problem(409, "document_draft.changed_meanwhile") : mine,
  );
  await userEvent.type(await screen.findByLabelText("Как зовут нотариуса?"), "Байжанова");
  become(theirs);
  await press("Дальше");
  expect(await screen.findByText("Ответы изменились")).toBeVisible();
  expect(await screen.findByText("Сериков Арман")).toBeVisible();
  expect(screen.getByLabelText("Как зовут нотариуса?")).toHaveValue("Байжанова");
  await press("Дальше");
  expect(await screen.findByText("Вопрос 2 из 2")).toBeVisible();
  expect(told).toEqual([
    { version: 3, answers: { "notary.name": "Байжанова" } },
    { version: 9, answers: { "notary.name": "Байжанова" } },
  ]);
});

test("what was typed without a line is there again after a reload", async () => {
  const shown = open(madeDraft([NOTARY, SUM]), () => HttpResponse.error());
  await userEvent.type(await screen.findByLabelText("Как зовут нотариуса?"), "Байжанова");
  await press("Дальше");
  expect(await screen.findByRole("alert")).toBeVisible();
  shown.unmount();
  open(madeDraft([NOTARY, SUM]));
  expect(await screen.findByLabelText("Как зовут нотариуса?")).toHaveValue("Байжанова");
});

test("a question that depends on another comes only with its answer", async () => {
  const yes = { ...HAS_PROOF, value: true };
  open(madeDraft([HAS_PROOF, PROOF]), () => madeDraft([yes, PROOF], { version: 4, missing: ["proof"] }));
  expect(await screen.findByText("Вопрос 1 из 1")).toBeVisible();
  await userEvent.click(screen.getByRole("radio", { name: "Да" }));
  await press("Дальше");
  expect(await screen.findByText("Вопрос 2 из 2")).toBeVisible();
  expect(screen.getByLabelText("Чем подтверждается?")).toBeVisible();
  expect(told).toEqual([{ version: 3, answers: { has_proof: true } }]);
});

test("a table is filled in row by row; a missing cell is said in its row, an empty row is no row", async () => {
  open(madeDraft([GOODS]), () => madeDraft([{ ...GOODS, value: [{ what: "Гараж", price: 5000000 }] }]));
  await press2("Добавить запись");
  await userEvent.type(await screen.findByLabelText(/Сколько стоит/), "50000");
  await press("Дальше");
  await waitFor(() =>
    expect(screen.getByLabelText("Что это")).toHaveAccessibleDescription(/Без этого ответа/),
  );
  expect(told).toEqual([]);
  await userEvent.type(screen.getByLabelText("Что это"), "Гараж");
  await press("Добавить запись");
  await press("Дальше");
  await waitFor(() =>
    expect(told).toEqual([{ version: 3, answers: { goods: [{ what: "Гараж", price: 5000000 }] } }]),
  );
  const review = await screen.findByText("Гараж · 50 000 ₸");
  expect(review).toBeVisible();
});

test("a document is not made while an answer is missing: each leads to its question", async () => {
  at("review");
  open(madeDraft([NOTARY, SUM]));
  await press2("Подготовить документ");
  const summary = await screen.findByRole("alert");
  expect(within(summary).getByText("Не хватает 1 ответа")).toBeVisible();
  await userEvent.click(within(summary).getByRole("link", { name: "Как зовут нотариуса?" }));
  expect(await screen.findByLabelText("Как зовут нотариуса?")).toBeVisible();
});

test("an answer that was taken back meanwhile is missed by the server and shown as missing", async () => {
  at("review");
  const full = { ...NOTARY, value: "Байжанова" };
  const { become } = open(madeDraft([full, SUM]));
  server.use(
    http.post(`${ADDRESS}generate/`, () => {
      become(madeDraft([NOTARY, SUM], { version: 8 }));
      return problem(400, "invalid", {
        errors: [{ pointer: "/answers/notary.name", code: "required", detail: "Нужен ответ." }],
      });
    }),
  );
  await press2("Подготовить документ");
  expect(await screen.findByRole("link", { name: "Как зовут нотариуса?" })).toBeVisible();
  expect(screen.getByText("нужен ответ")).toBeVisible();
});

test("a made document is opened; why it cannot be made is said", async () => {
  at("review");
  open(madeDraft([{ ...NOTARY, value: "Байжанова" }, SUM]));
  const made = [
    problem(409, "document.not_possible", { detail: "В деле нет суммы долга." }),
    HttpResponse.json({ id: DOCUMENT_ID }, { status: 201 }),
  ];
  server.use(http.post(`${ADDRESS}generate/`, () => made.shift()));
  await press2("Подготовить документ");
  expect(await screen.findByText("В деле нет суммы долга.")).toBeVisible();
  await press("Подготовить документ");
  await waitFor(() => expect(window.location.pathname).toBe(`/ru/documents/${DOCUMENT_ID}`));
});

test("putting aside asks first", async () => {
  let discarded = 0;
  open(madeDraft([NOTARY]));
  server.use(
    http.delete(ADDRESS, () => {
      discarded += 1;
      return new HttpResponse(null, { status: 204 });
    }),
  );
  await press2("Этот документ не нужен");
  const dialog = await screen.findByRole("dialog");
  expect(dialog).toHaveTextContent("«Возражение на исполнительную надпись»: ответы будут удалены.");
  expect(discarded).toBe(0);
  await userEvent.click(within(dialog).getByRole("button", { name: "Удалить ответы" }));
  await waitFor(() => expect(window.location.pathname).toBe("/ru/cases/1/documents"));
  expect(discarded).toBe(1);
});
