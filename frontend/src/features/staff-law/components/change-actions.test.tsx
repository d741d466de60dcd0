import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import type { LawChange } from "../types";
import { ChangeActions } from "./change-actions";

const change = (extra: Partial<LawChange> = {}): LawChange => ({
  id: "00000000-0000-4000-8000-000000000001",
  kind: "edition",
  kind_label: "новая редакция правила",
  status: "submitted",
  status_label: "ждёт утверждения",
  rule_key: "LENDER_REPLY",
  title: "Ответ кредитора",
  content: {
    valid_from: "2027-01-01",
    amount: 20,
    unit: "CD",
    extension_amount: 0,
    remind_at: [5, 10],
    explanation: { ru: "До {due}", kk: "{due} дейін", en: "Until {due}" },
    for_running: false,
  },
  reason: "Закон № 1",
  switch_on: "2027-01-01",
  author: { id: "00000000-0000-4000-8000-000000000002", full_name: "Жұмабек Айгерім" },
  decided_by: null,
  decision_note: "",
  version: 4,
  created_at: "2026-11-26T05:00:00Z",
  submitted_at: "2026-11-26T06:00:00Z",
  decided_at: null,
  applied_at: null,
  allowed_actions: ["edit", "withdraw"],
  ...extra,
});

let sent: unknown[];

beforeEach(() => {
  document.cookie = "csrftoken=x";
  sent = [];
  server.use(
    http.patch(`${API}/law/changes/:id/`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(change({ status: "draft", version: 5 }));
    }),
  );
});

const open = async (made: LawChange) => {
  renderScreen(<ChangeActions change={made} />);
  await userEvent.click(screen.getByRole("button", { name: "Исправить" }));
  return screen.getByRole("dialog");
};

test("the author mends an edition that waits for approval and is told to send it again", async () => {
  const dialog = await open(change());
  const length = within(dialog).getByLabelText(/Длина/);
  expect(length).toHaveValue("20");
  expect(within(dialog).getByLabelText("Основание")).toHaveValue("Закон № 1");
  await userEvent.clear(length);
  await userEvent.type(length, "22");
  await userEvent.click(within(dialog).getByRole("button", { name: "Сохранить предложение" }));
  expect(await screen.findByText(/Отправьте его на утверждение заново/)).toBeVisible();
  expect(sent).toEqual([
    {
      version: 4,
      reason: "Закон № 1",
      content: {
        valid_from: "2027-01-01",
        amount: 22,
        extension_amount: 0,
        remind_at: [5, 10],
        explanation: { ru: "До {due}", kk: "{due} дейін", en: "Until {due}" },
        for_running: false,
      },
    },
  ]);
});

test("days of the calendar are turned, taken out and added", async () => {
  const days = [
    { day: "2027-03-22", kind: "day_off", reason: "transfer", note: "" },
    { day: "2027-03-27", kind: "workday", reason: "transfer", note: "Указ" },
  ];
  const dialog = await open(
    change({ kind: "calendar", rule_key: "", status: "draft", switch_on: "2026-12-01", content: { days } }),
  );
  await userEvent.click(within(dialog).getByRole("button", { name: /Убрать день 22.марта/ }));
  await userEvent.type(within(dialog).getByLabelText("Ещё день"), "29032027");
  await userEvent.click(within(dialog).getByRole("button", { name: "Добавить день" }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Сохранить предложение" }));
  expect(await screen.findByText("Предложение исправлено")).toBeVisible();
  expect(sent).toEqual([
    {
      version: 4,
      reason: "Закон № 1",
      switch_on: "2026-12-01",
      content: {
        days: [
          { day: "2027-03-27", kind: "workday", reason: "transfer", note: "Указ" },
          { day: "2027-03-29", kind: "day_off" },
        ],
      },
    },
  ]);
});

test("the end of a rule and a figure are edited in their own fields", async () => {
  const dialog = await open(change({ kind: "close", content: { valid_to: "2027-05-01" } }));
  expect(within(dialog).getByLabelText("Не действует с")).toHaveValue("01.05.2027");
});

test("somebody else's newer words are not written over", async () => {
  server.use(
    http.patch(`${API}/law/changes/:id/`, () =>
      problem(409, "law.change_changed_meanwhile", { detail: "Предложение изменили." }),
    ),
  );
  const dialog = await open(change());
  await userEvent.click(within(dialog).getByRole("button", { name: "Сохранить предложение" }));
  expect(await within(dialog).findByRole("alert")).toBeVisible();
  expect(within(dialog).getByLabelText(/Длина/)).toHaveValue("20");
});

test("an approved proposal cannot be edited", () => {
  renderScreen(<ChangeActions change={change({ status: "approved", allowed_actions: ["withdraw"] })} />);
  expect(screen.queryByRole("button", { name: "Исправить" })).toBeNull();
});
