import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import {
  CASE_ID,
  DEBT_ID,
  DEBTS,
  DRAFT_ID,
  madeDraft,
  madeKind,
  NOTARY,
  OTHER_DEBT_ID,
} from "../testing/made-draft";
import type { KindRow } from "../types";
import { KindsList } from "./kinds-list";
import { OpenDrafts } from "./open-drafts";

const PLACE = `/cases/${CASE_ID}/documents`;
const begun: unknown[] = [];

beforeEach(() => {
  begun.length = 0;
  window.history.replaceState(null, "", `/ru${PLACE}`);
});

const open = (kinds: KindRow[], answer = () => HttpResponse.json(madeDraft([NOTARY]), { status: 201 })) => {
  server.use(
    http.get(`${API}/cases/${CASE_ID}/document-kinds/`, () => HttpResponse.json({ items: kinds })),
    http.post(`${API}/cases/${CASE_ID}/document-drafts/`, async ({ request }) => {
      begun.push(await request.json());
      return answer();
    }),
  );
  return renderScreen(<KindsList caseId={CASE_ID} documentsHref={PLACE} debts={DEBTS} />);
};

test("documents of the procedures come first, the others are folded away, and a lawyer's check is said", async () => {
  const { container } = open([
    madeKind("Возражение", { is_suggested: true, needs_review: true }),
    madeKind("Отзыв согласия", { per: "case", subjects: [] }),
  ]);
  const first = (await screen.findAllByRole("listitem"))[0] ?? document.body;
  expect(first).toHaveTextContent("Возражение");
  expect(within(first).getByText("нужна проверка юриста")).toBeVisible();
  expect(first).toHaveTextContent("Подписывается: ЭЦП или на бумаге");
  expect(screen.getByText("Ещё 1 документ")).toBeVisible();
  expect(screen.getByText("Отзыв согласия")).not.toBeVisible();
  expect((await axe.run(container)).violations).toEqual([]);
});

test("every way to sign is named, and one that needs no signature says so", async () => {
  open([
    madeKind("Заявление", { is_suggested: true, signature: ["S", "E", "P"] }),
    madeKind("Жалоба", { is_suggested: true, signature: ["E"] }),
    madeKind("Сведения", { is_suggested: true, signature: [] }),
  ]);
  expect(await screen.findByText("Подписывается: кодом из SMS, ЭЦП или на бумаге")).toBeVisible();
  expect(screen.getByText("Подписывается: ЭЦП")).toBeVisible();
  expect(screen.getByText("Подпись не нужна")).toBeVisible();
});

test("a document about the only debt begins at once and leads to its questions", async () => {
  open([madeKind("Возражение", { is_suggested: true })]);
  await userEvent.click(await screen.findByRole("button", { name: "Начать: Возражение" }));
  await waitFor(() => expect(window.location.pathname).toBe(`/ru${PLACE}/interview/${DRAFT_ID}`));
  expect(begun).toEqual([{ code: "Возражение", obligation_id: DEBT_ID }]);
});

test("with several debts the lender is chosen first", async () => {
  open([madeKind("Возражение", { is_suggested: true, subjects: [DEBT_ID, OTHER_DEBT_ID] })]);
  await userEvent.click(await screen.findByRole("button", { name: "Начать: Возражение" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Начать" }));
  expect(within(dialog).getByText("Выберите долг")).toBeVisible();
  expect(begun).toEqual([]);
  await userEvent.click(within(dialog).getByRole("radio", { name: "Банк Үлгі, B-7" }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Начать" }));
  await waitFor(() => expect(begun).toEqual([{ code: "Возражение", obligation_id: OTHER_DEBT_ID }]));
});

test("why a document cannot be begun is said", async () => {
  open([madeKind("Возражение", { is_suggested: true })], () =>
    problem(409, "document.not_possible", { detail: "В деле нет такого долга." }),
  );
  await userEvent.click(await screen.findByRole("button", { name: "Начать: Возражение" }));
  expect(await screen.findByText("В деле нет такого долга.")).toBeVisible();
});

test("what waits for answers leads back to its questions and says which debt it is about", async () => {
  server.use(
    http.get(`${API}/cases/${CASE_ID}/document-drafts/`, () =>
      HttpResponse.json({ items: [madeDraft([NOTARY])] }),
    ),
  );
  renderScreen(<OpenDrafts caseId={CASE_ID} documentsHref={PLACE} debts={DEBTS} />);
  expect(await screen.findByRole("heading", { name: "Документ ждёт ваших ответов" })).toBeVisible();
  expect(screen.getByText("Айқын Қаржы, K-1")).toBeVisible();
  expect(
    screen.getByRole("link", { name: "Продолжить: Возражение на исполнительную надпись" }),
  ).toHaveAttribute("href", `/ru${PLACE}/interview/${DRAFT_ID}`);
});

test("more suggestions than fit a glance are folded away with the others", async () => {
  open(["А", "Б", "В", "Г", "Д", "Е", "Ё"].map((code) => madeKind(code, { is_suggested: true })));
  expect(await screen.findByText("Е")).toBeVisible();
  expect(screen.getByText("Ё")).not.toBeVisible();
  await userEvent.click(screen.getByText("Ещё 1 документ"));
  expect(screen.getByText("Ё")).toBeVisible();
});
