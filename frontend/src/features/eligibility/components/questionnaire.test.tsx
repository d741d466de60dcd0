import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { askedOf } from "../answers";
import type { Question } from "../queries";
import { QuestionnaireFlow } from "./questionnaire";

const question = (code: string, extra: Partial<Question> = {}): Question => ({
  code,
  kind: "yes_no",
  text: `Вопрос ${code}?`,
  why: `Потому что ${code}.`,
  help: "",
  options: [],
  only_when: null,
  ...extra,
});

const HEAD = {
  code: "deferral",
  edition: "2025-08",
  track_kind: "RESTRUCTURING",
  title: "Отсрочка",
  intro: "Вступление.",
  free: "Это бесплатно.",
};
const QUESTIONS = [
  question("aid"),
  question("income", {
    kind: "money",
    only_when: { question: "aid", answer: "yes", negated: true },
  }),
];
const RULE = {
  code: "r",
  title: "Доход",
  verdict: "yes",
  reason: "Доход упал.",
  later_from: null,
  sources: [{ title: "Закон", reference: "ст. 1" }],
  needs_review: true,
};
const sent = vi.fn();

beforeEach(() => {
  sent.mockReset();
  server.use(
    http.get(`${API}/eligibility/deferral/`, () => HttpResponse.json({ ...HEAD, questions: QUESTIONS })),
    http.post(`${API}/eligibility/deferral/check/`, async ({ request }) => {
      sent(await request.json());
      return HttpResponse.json({
        ...HEAD,
        verdict: "yes",
        later_from: null,
        on: "2026-11-26",
        mci_tiyn: 432500,
        rules: [RULE],
        next: "Подайте заявление.",
        asked: [],
        needs_review: true,
      });
    }),
  );
});

const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

test("one question a page, back without loss, a dependent question, review and a reasoned result", async () => {
  renderScreen(<QuestionnaireFlow code="deferral" />);
  expect(await screen.findByText("Вопрос 1 из 2")).toBeVisible();
  expect(screen.getByText("Потому что aid.")).toBeVisible();
  await press("Дальше");
  expect(screen.getByText("Выберите ответ или нажмите «Не знаю».")).toBeVisible();
  await userEvent.click(screen.getByLabelText("Нет"));
  await press("Дальше");
  await userEvent.type(screen.getByLabelText("Ваш ответ"), "150000");
  await press("Назад");
  expect(screen.getByLabelText("Нет")).toBeChecked();
  await press("Дальше");
  await userEvent.type(screen.getByLabelText("Ваш ответ"), "150000");
  await press("Дальше");
  expect(screen.getByRole("heading", { name: "Проверьте ответы" })).toBeVisible();
  expect(screen.getByText(/150.000/)).toBeVisible();
  await press("Показать результат");
  expect(await screen.findByRole("heading", { name: "Условия выполнены" })).toHaveFocus();
  expect(screen.getByText("Доход упал.")).toBeVisible();
  expect(screen.getByText("требует проверки юристом")).toBeVisible();
  expect(screen.getByText(/Закон, ст. 1/)).toBeVisible();
  expect(screen.getByText("Это бесплатно.")).toBeVisible();
  expect(sent).toHaveBeenCalledWith({ answers: { aid: "no", income: 15000000 } });
});

test("an answer changed at the end takes the dependent question away", async () => {
  renderScreen(<QuestionnaireFlow code="deferral" />);
  await userEvent.click(await screen.findByLabelText("Нет"));
  await press("Дальше");
  await press("Не знаю");
  await press("Изменить ответ: Вопрос aid?");
  await userEvent.click(screen.getByLabelText("Да"));
  await press("Дальше");
  expect(screen.queryByText("Вопрос income?")).not.toBeInTheDocument();
  await press("Показать результат");
  await vi.waitFor(() => expect(sent).toHaveBeenCalledWith({ answers: { aid: "yes" } }));
});

test("a failure keeps the answers on the screen", async () => {
  server.use(http.post(`${API}/eligibility/deferral/check/`, () => problem(503, "unavailable")));
  renderScreen(<QuestionnaireFlow code="deferral" />);
  await userEvent.click(await screen.findByLabelText("Да"));
  await press("Дальше");
  await press("Показать результат");
  expect(await screen.findByRole("alert")).toBeVisible();
  expect(screen.getByText("Вопрос aid?")).toBeVisible();
});

test("a question whose condition is not known yet is still asked", () => {
  expect(askedOf(QUESTIONS, {}).map(({ code }) => code)).toEqual(["aid", "income"]);
  expect(askedOf(QUESTIONS, { aid: "unknown" })).toHaveLength(2);
  expect(askedOf(QUESTIONS, { aid: "yes" })).toHaveLength(1);
});
