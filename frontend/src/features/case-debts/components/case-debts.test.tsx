import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import {
  CASE_ID,
  DEBT_ID,
  madeCheck,
  madeDebt,
  madeList,
  madeSchedule,
  madeSplit,
  ROW_ID,
} from "../testing/made-debts";
import type { Debt } from "../types";
import { OwnDebts } from "./own-debts";
import { StaffDebts } from "./staff-debts";

const calls: { body: unknown; match: string | null }[] = [];

const answer = (method: "post" | "patch" | "put", path: string, give: (call: number) => Response) =>
  server.use(
    http[method](`${API}${path}`, async ({ request }) => {
      calls.push({ body: await request.json(), match: request.headers.get("If-Match") });
      return give(calls.length);
    }),
  );

const open = (who: "staff" | "borrower", ...debts: Debt[]) => {
  server.use(
    http.get(`${API}/cases/${CASE_ID}/debts/`, () => HttpResponse.json(madeList(...debts))),
    http.get(`${API}/cases/${CASE_ID}/affordability/`, () => problem(403, "forbidden")),
  );
  return renderScreen(who === "staff" ? <StaffDebts caseId={CASE_ID} /> : <OwnDebts caseId={CASE_ID} />);
};

beforeEach(() => {
  calls.length = 0;
});

test("the borrower reads what the debt consists of and that the penalty may be too high, with source and mark", async () => {
  open("borrower", madeDebt());
  const debt = await screen.findByRole("article", { name: "Банк ЦентрКредит" });
  expect(within(debt).getByText("то, что вы взяли и ещё не вернули")).toBeVisible();
  const check = within(debt).getByRole("group", { name: "Неустойка и пределы закона" });
  expect(check).toHaveTextContent("Неустойка больше допустимой. Можно просить перерасчёт. [К]");
  await userEvent.click(within(check).getByText("Как посчитано"));
  expect(within(check).getByText(/92 086 ₸ × 0,5 % × 27 дней/)).toBeVisible();
  await userEvent.click(within(check).getByText("На чём основано"));
  expect(within(check).getByText(/Обзор рынка о неустойке, 90 дней начисления/)).toBeVisible();
});

test("what was replaced stays in the table below what holds", async () => {
  const older = madeSplit({
    id: ROW_ID,
    as_of: "2026-10-01",
    is_current: false,
    source_label: "По документу",
  });
  open("staff", madeDebt({ splits: [madeSplit(), older] }));
  const rows = within(await screen.findByRole("table", { name: "Из чего состоит долг" })).getAllByRole("row");
  expect(rows[1]).toHaveTextContent("18 ноября 2026 г. сейчас");
  expect(rows[2]).toHaveTextContent("По документу");
  expect(rows[2]).not.toHaveTextContent("сейчас");
});

test("a correction sends only what was changed, with the version that was seen", async () => {
  open("staff", madeDebt());
  answer("patch", `/obligations/${DEBT_ID}/`, () => HttpResponse.json(madeDebt()));
  await userEvent.click(await screen.findByRole("button", { name: "Исправить данные договора" }));
  const form = screen.getByRole("form", { name: "Исправить данные договора" });
  await userEvent.selectOptions(within(form).getByLabelText("Вид договора"), "UNSECURED");
  await userEvent.clear(within(form).getByLabelText("Ставка, % в год"));
  await userEvent.type(within(form).getByLabelText("Ставка, % в год"), "33,5");
  await userEvent.type(within(form).getByLabelText("Гаранты и созаёмщики"), "Ахметов Ерлан");
  await userEvent.click(within(form).getByRole("button", { name: "Сохранить договор" }));
  await screen.findByRole("button", { name: "Исправить данные договора" });
  expect(calls).toEqual([
    {
      body: {
        kind: "UNSECURED",
        rate_percent: "33.5",
        guarantors: [{ role: "guarantor", name: "Ахметов Ерлан" }],
      },
      match: '"7"',
    },
  ]);
});

test("a refused correction stands at its field and keeps what was typed", async () => {
  open("staff", madeDebt());
  answer("patch", `/obligations/${DEBT_ID}/`, () =>
    problem(400, "validation", {
      errors: [
        {
          pointer: "/overdue_since",
          code: "before_contract",
          detail: "Просрочка не может начаться раньше договора.",
        },
      ],
    }),
  );
  await userEvent.click(await screen.findByRole("button", { name: "Исправить данные договора" }));
  const field = screen.getByLabelText("Первый пропущенный платёж");
  await userEvent.clear(field);
  await userEvent.type(field, "01012020");
  await userEvent.click(screen.getByRole("button", { name: "Сохранить договор" }));
  expect(await screen.findByText("Просрочка не может начаться раньше договора.")).toBeVisible();
  expect(field).toHaveValue("01.01.2020");
});

test("somebody else's correction meanwhile is told, and one's own may be kept over it", async () => {
  open("staff", madeDebt());
  answer("patch", `/obligations/${DEBT_ID}/`, (call) =>
    call === 1
      ? problem(412, "case.changed_meanwhile", { detail: "Пока вы правили, сохранили другие значения." })
      : HttpResponse.json(madeDebt()),
  );
  await userEvent.click(await screen.findByRole("button", { name: "Исправить данные договора" }));
  await userEvent.type(screen.getByLabelText("Цель займа"), "ремонт");
  await userEvent.click(screen.getByRole("button", { name: "Сохранить договор" }));
  await userEvent.click(await screen.findByRole("button", { name: "Сохранить мои значения поверх новых" }));
  await userEvent.click(screen.getByRole("button", { name: "Сохранить договор" }));
  await screen.findByRole("button", { name: "Исправить данные договора" });
  expect(calls.map(({ body }) => body)).toEqual([{ purpose: "ремонт" }, { purpose: "ремонт" }]);
});

test("who may change nothing is offered nothing", async () => {
  open("staff", madeDebt({ allowed_actions: [] }));
  await screen.findByRole("article");
  expect(screen.queryByRole("button", { name: "Исправить данные договора" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Сообщить новые суммы" })).toBeNull();
});

test("a pasted schedule is shown as it was read before it is kept", async () => {
  open("staff", madeDebt());
  answer("post", `/obligations/${DEBT_ID}/schedules/preview/`, () =>
    HttpResponse.json({
      rows: [{ due: "2026-12-18", principal_tiyn: 100, interest_tiyn: 0, total_tiyn: 100 }],
      total_tiyn: 100,
      principal_tiyn: 100,
      interest_tiyn: 0,
      problems: [{ line: 2, code: "sum", text: "Одну из сумм не удалось прочитать." }],
    }),
  );
  await userEvent.click(await screen.findByRole("button", { name: "Внести график по договору" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.type(within(dialog).getByLabelText("Таблица платежей"), "18.12.2026;1\nx");
  await userEvent.click(within(dialog).getByRole("button", { name: "Проверить" }));
  expect(await within(dialog).findByText("Строка 2. Одну из сумм не удалось прочитать.")).toBeVisible();
  expect(within(dialog).getByText(/1 платёж, всего 1 ₸: .* С 18 декабря 2026/)).toBeVisible();
});

test("«I have paid» sends the day and the sum of the next payment", async () => {
  const schedule = madeSchedule();
  server.use(http.get(`${API}/obligations/${DEBT_ID}/schedules/agreed/`, () => HttpResponse.json(schedule)));
  answer("post", `/obligations/${DEBT_ID}/payments/${ROW_ID}/paid/`, () => HttpResponse.json(schedule));
  open("borrower", madeDebt({ schedules: [schedule] }));
  await userEvent.click(await screen.findByRole("button", { name: "Я заплатил(а)" }));
  const dialog = screen.getByRole("dialog");
  const day = within(dialog).getByLabelText("Когда заплачено");
  await userEvent.clear(day);
  await userEvent.type(day, "19122026");
  await userEvent.click(within(dialog).getByRole("button", { name: "Отметить платёж" }));
  expect(calls[0]?.body).toEqual({ on: "2026-12-19", tiyn: 5_000_000 });
});

test("the day of the next reminder stands by the payment, and reminders are switched off there", async () => {
  const schedule = madeSchedule({ remind_on: "2026-12-15" });
  server.use(http.get(`${API}/obligations/${DEBT_ID}/schedules/agreed/`, () => HttpResponse.json(schedule)));
  answer("post", `/obligations/${DEBT_ID}/payment-reminders/`, () => HttpResponse.json({}));
  open("borrower", madeDebt({ schedules: [schedule], allowed_actions: ["mark_paid", "set_reminders"] }));
  expect(await screen.findByText(/Напомним 15.декабря.2026/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Не напоминать" }));
  expect(calls[0]?.body).toEqual({ on: false });
});

test("who may not switch reminders only reads about them", async () => {
  const schedule = madeSchedule({ remind_on: null });
  server.use(http.get(`${API}/obligations/${DEBT_ID}/schedules/agreed/`, () => HttpResponse.json(schedule)));
  open("borrower", madeDebt({ schedules: [schedule], reminds_of_payments: false, allowed_actions: [] }));
  expect(await screen.findByText("О платежах не напоминаем")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Напоминать" })).toBeNull();
});

test.each(["staff", "borrower"] as const)(
  "the page of the %s has no faults of accessibility",
  async (who) => {
    const { container } = open(
      who,
      madeDebt({ checks: [madeCheck(), madeCheck({ code: "effective_rate", title: "ГЭСВ и предел" })] }),
    );
    await screen.findByRole("article");
    const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  },
);
