import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import type { Comparison, Plan } from "@/components/schedules/types";
import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { ScheduleCalculator } from "./schedule-calculator";

const plan = (monthly: number, count: number): Plan => ({
  now_tiyn: 0,
  monthly_tiyn: monthly,
  total_tiyn: monthly * count,
  overpaid_tiyn: 0,
  payments: count,
  ends: "2029-12-26",
  rows: Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    due: `${2027 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}-26`,
    principal_tiyn: monthly,
    interest_tiyn: 0,
    arrears_tiyn: 0,
    total_tiyn: monthly,
    balance_tiyn: monthly * (count - index - 1),
  })),
});

const COMPARISON: Comparison = {
  owed_tiyn: 36_000_000,
  forgiven_tiyn: 500_000,
  old: plan(3_000_000, 12),
  new: plan(200_000, 180),
  difference: { monthly_tiyn: -2_800_000, total_tiyn: 0, overpaid_tiyn: 150_000, payments: 168 },
  trace: [],
};
const sent: unknown[] = [];

const serve = (give: () => Response) =>
  server.use(
    http.post(`${API}/calculators/schedule/`, async ({ request }) => {
      sent.push(await request.json());
      return give();
    }),
  );

beforeEach(() => {
  sent.length = 0;
  window.history.replaceState(null, "", "/ru/calculator");
});

const fill = async () => {
  await userEvent.type(screen.getByLabelText("Основной долг"), "360000");
  await userEvent.type(screen.getByLabelText("Ставка по договору, % в год"), "34");
  await userEvent.type(screen.getByLabelText("Сколько платежей осталось"), "12");
  await userEvent.type(screen.getByLabelText("Новая ставка, % в год"), "20");
  await userEvent.type(screen.getByLabelText("Сколько платежей"), "180");
};
const show = () => userEvent.click(screen.getByRole("button", { name: "Показать разницу" }));

test("figures go in a body and stand behind the # of the address alone", async () => {
  serve(() => HttpResponse.json(COMPARISON));
  renderScreen(<ScheduleCalculator />);
  await fill();
  await show();
  const figures = await screen.findByRole("table", { name: "Старые и новые условия" });
  const monthly = within(figures).getByRole("row", { name: /Платёж в месяц/ });
  expect(monthly).toHaveTextContent("30 000 ₸2 000 ₸−28 000 ₸−28 000 ₸");
  expect(within(figures).getByRole("row", { name: /Переплата/ })).toHaveTextContent("+1 500 ₸");
  expect(sent[0]).toMatchObject({ principal_tiyn: 36_000_000, old_rate_percent: "34", new: { months: 180 } });
  expect(window.location.search).toBe("");
  expect(window.location.hash).toContain("principal=360000");
});

test("a shared link shows its answer at once", async () => {
  serve(() => HttpResponse.json(COMPARISON));
  window.history.replaceState(
    null,
    "",
    "/ru/calculator#principal=360000&oldRate=34&oldMonths=12&rate=20&months=180",
  );
  renderScreen(<ScheduleCalculator />);
  expect(await screen.findByRole("img", { name: "Сколько основного долга остаётся" })).toBeVisible();
  expect(sent).toHaveLength(1);
});

test("of a long schedule only the rows in sight are drawn, and the table says how many there are", async () => {
  serve(() => HttpResponse.json(COMPARISON));
  renderScreen(<ScheduleCalculator />);
  await fill();
  await show();
  await userEvent.click(await screen.findByText("Все платежи по месяцам"));
  const table = within(screen.getByRole("region", { name: "Платежи по новым условиям" })).getByRole("table");
  expect(table).toHaveAttribute("aria-rowcount", "181");
  expect(within(table).getAllByRole("row").length).toBeLessThan(60);
});

test("what is missing is said at its field and nothing is sent", async () => {
  renderScreen(<ScheduleCalculator />);
  await show();
  expect(screen.getAllByText("Заполните это поле")).toHaveLength(5);
  expect(sent).toEqual([]);
});

test("what the server refuses stands at its field", async () => {
  serve(() =>
    problem(400, "validation", {
      errors: [{ pointer: "/new/months", code: "max_value", detail: "Не больше 600." }],
    }),
  );
  renderScreen(<ScheduleCalculator />);
  await fill();
  await show();
  expect(await screen.findByText("Не больше 600.")).toBeVisible();
});
