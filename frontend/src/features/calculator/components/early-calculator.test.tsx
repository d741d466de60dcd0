import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { EarlyCalculator } from "./early-calculator";

const fill = async () => {
  await userEvent.type(screen.getByLabelText("Основной долг"), "1000000");
  await userEvent.type(screen.getByLabelText("Ставка, % в год"), "24");
  await userEvent.type(screen.getByLabelText("Сколько платежей осталось"), "24");
  await userEvent.type(screen.getByLabelText("Сколько внесёте сверх платежа"), "200000");
  await userEvent.click(screen.getByRole("button", { name: "Показать экономию" }));
};

test("what is saved is said first, then what becomes smaller", async () => {
  let sent: unknown;
  server.use(
    http.post(`${API}/calculators/early-repayment/`, async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json({
        saved_tiyn: 4_550_000,
        payments_fewer: 5,
        payment_before_tiyn: 5_287_110,
        payment_after_tiyn: 5_287_110,
        ends: "2028-06-26",
        rows: [],
        trace: [],
      });
    }),
  );
  renderScreen(<EarlyCalculator />);
  await fill();
  expect(await screen.findByText("Вы сэкономите 45 500 ₸")).toBeVisible();
  expect(screen.getByText("На 5 платежей меньше, последний 26 июня 2028 г.")).toBeVisible();
  expect(sent).toEqual({
    principal_tiyn: 100_000_000,
    rate_percent: "24",
    months: 24,
    after: 1,
    extra_tiyn: 20_000_000,
    mode: "term",
  });
});

test("a refusal of the server stands at its field", async () => {
  server.use(
    http.post(`${API}/calculators/early-repayment/`, () =>
      problem(400, "validation", {
        errors: [{ pointer: "/after", code: "too_late", detail: "Сокращать уже нечего." }],
      }),
    ),
  );
  renderScreen(<EarlyCalculator />);
  await fill();
  expect(await screen.findByText("Сокращать уже нечего.")).toBeVisible();
});
