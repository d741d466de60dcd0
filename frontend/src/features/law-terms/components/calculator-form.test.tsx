import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import type { LawEvent } from "@/api/types";
import { renderScreen } from "@/testing/render";

import { CalculatorForm } from "./calculator-form";

const EVENTS: LawEvent[] = [
  { kind: "DELAY_STARTED", label: "Пропущен платёж", question: "День первого пропущенного платежа" },
  { kind: "INSCRIPTION_RECEIVED", label: "Бумага от нотариуса", question: "День получения бумаги" },
];

beforeEach(() => {
  window.history.replaceState(null, "", "/ru");
  renderScreen(<CalculatorForm events={EVENTS} event="DELAY_STARTED" date="" />);
});

const show = () => userEvent.click(screen.getByRole("button", { name: "Показать сроки" }));

test("the answer gets an address that can be shared", async () => {
  await userEvent.type(screen.getByLabelText("День первого пропущенного платежа"), "22102026");
  await show();
  expect(window.location.search).toBe("?event=DELAY_STARTED&date=2026-10-22");
});

test("each event asks its own question", async () => {
  await userEvent.selectOptions(screen.getByLabelText("Что случилось"), "INSCRIPTION_RECEIVED");
  await userEvent.type(screen.getByLabelText("День получения бумаги"), "1.2.2026");
  await show();
  expect(window.location.search).toBe("?event=INSCRIPTION_RECEIVED&date=2026-02-01");
});

test("a day that does not exist is explained and keeps what was typed", async () => {
  const field = screen.getByLabelText("День первого пропущенного платежа");
  await userEvent.type(field, "31.02.2026");
  await show();
  expect(screen.getByText(/Такой даты нет/)).toBeVisible();
  expect(field).toHaveFocus();
  expect(field).toHaveValue("31.02.2026");
  expect(window.location.search).toBe("");
});
