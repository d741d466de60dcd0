import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { delay, http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { CASE_ID, madeCase, MANAGER_ID, TODAY } from "../../testing/made-cases";
import type { StaffCase } from "../../types";
import { CaseFrame } from "./case-frame";
import { CaseOverview } from "./case-overview";

const sent: unknown[] = [];

const post = (path: string, answer: (call: number) => Response) =>
  server.use(
    http.post(`${API}${path}`, async ({ request }) => {
      sent.push(await request.json());
      return answer(sent.length);
    }),
  );

const open = (...states: [StaffCase, ...StaffCase[]]) => {
  let reads = 0;
  server.use(
    http.get(`${API}/cases/${CASE_ID}/`, () => {
      const state = states[Math.min(reads, states.length - 1)];
      reads += 1;
      return HttpResponse.json(state);
    }),
  );
  renderScreen(
    <CaseFrame caseId={CASE_ID} userId={MANAGER_ID} today={TODAY}>
      <CaseOverview caseId={CASE_ID} today={TODAY} renderCreditor={() => null} />
    </CaseFrame>,
  );
};

beforeEach(() => {
  sent.length = 0;
  server.use(
    http.get(`${API}/cases/${CASE_ID}/timeline/`, () => HttpResponse.json({ items: [], next_cursor: null })),
    http.get(`${API}/cases/${CASE_ID}/documents/`, () => HttpResponse.json({ items: [] })),
    http.get(`${API}/cases/${CASE_ID}/tags/`, () => HttpResponse.json({ items: [], allowed_actions: [] })),
    http.get(`${API}/cases/${CASE_ID}/mentionable/`, () => HttpResponse.json({ items: [] })),
    http.get(`${API}/cases/${CASE_ID}/comment-files/`, () =>
      HttpResponse.json({ items: [], max_bytes: 1, max_files: 10 }),
    ),
    http.get(`${API}/staff/managers/`, () =>
      HttpResponse.json({ items: [{ id: MANAGER_ID, full_name: "Ахметова Динара Сериковна" }] }),
    ),
  );
});

test("ИИН and phone are shown only after a reason, and hidden again", async () => {
  open(madeCase());
  post(`/cases/${CASE_ID}/reveal/`, () => HttpResponse.json({ iin: "870419390122", phone: "+77015551841" }));
  await userEvent.click(await screen.findByRole("button", { name: "Показать ИИН и телефон" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Показать" }));
  expect(within(dialog).getByText("Напишите причину, хотя бы несколько слов")).toBeVisible();
  expect(sent).toEqual([]);
  await userEvent.type(within(dialog).getByLabelText("Зачем они вам нужны"), "звоню уточнить дату");
  await userEvent.click(within(dialog).getByRole("button", { name: "Показать" }));
  expect(await screen.findByText("870419390122")).toBeVisible();
  expect(sent).toEqual([{ fields: ["iin", "phone"], reason: "звоню уточнить дату" }]);
  await userEvent.click(screen.getByRole("button", { name: /^Скрыть/ }));
  expect(screen.queryByText("870419390122")).not.toBeInTheDocument();
  expect(screen.getByText("••••••••6217")).toBeVisible();
});

test("a case that changed meanwhile says so, keeps what was typed and goes with the new version", async () => {
  open(madeCase());
  const closed = madeCase({ version: 6, status: "closed", allowed_actions: [] });
  // Looking again takes a moment, as it does on a slow line.
  const lookAgain = http.get(`${API}/cases/${CASE_ID}/`, async () => {
    await delay(200);
    return HttpResponse.json(
      sent.length === 1 ? madeCase({ version: 5, status_label: "Обновлено коллегой" }) : closed,
    );
  });
  post(`/cases/${CASE_ID}/move/`, (call) => {
    server.use(lookAgain);
    return call === 1 ? problem(409, "case.changed_meanwhile", { version: 5 }) : HttpResponse.json(closed);
  });
  await userEvent.click(await screen.findByRole("button", { name: "Закрыть дело" }));
  const dialog = screen.getByRole("dialog");
  const reason = within(dialog).getByLabelText(/Что важно запомнить/);
  await userEvent.selectOptions(within(dialog).getByLabelText("Чем закончилось"), "DEFERRAL");
  await userEvent.type(reason, "Отсрочка на полгода");
  const submit = within(dialog).getByRole("button", { name: "Закрыть дело" });
  await userEvent.click(submit);
  expect(await within(dialog).findByText("Дело уже изменилось")).toBeVisible();
  expect(reason).toHaveValue("Отсрочка на полгода");
  expect(screen.getByText("Обновлено коллегой")).toBeInTheDocument();
  await userEvent.click(submit);
  await vi.waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  const body = { action: "close", outcome: "DEFERRAL", reason: "Отсрочка на полгода" };
  expect(sent).toEqual([
    { ...body, version: 4 },
    { ...body, version: 5 },
  ]);
});

test("only what the API allows is offered", async () => {
  open(madeCase({ allowed_actions: ["comment"] }));
  expect(await screen.findByRole("button", { name: "Отправить всем" })).toBeVisible();
  for (const name of ["Закрыть дело", "Приостановить", "Назначить ответственного", "Показать ИИН и телефон"])
    expect(screen.queryByRole("button", { name })).not.toBeInTheDocument();
});

test("a case from the common list is taken in one press", async () => {
  open(madeCase({ assignee: null, masked: true, allowed_actions: ["assign"], status: "triage" }));
  post(`/cases/${CASE_ID}/assign/`, () => HttpResponse.json(madeCase({ version: 5 })));
  await userEvent.click(await screen.findByRole("button", { name: "Взять себе" }));
  await vi.waitFor(() => expect(sent).toEqual([{ assignee_id: MANAGER_ID, version: 4 }]));
  expect(screen.queryByRole("button", { name: "Назначить ответственного" })).not.toBeInTheDocument();
});

test("a note is for staff unless the manager chooses the borrower, and stays in the field when it fails", async () => {
  open(madeCase());
  post(`/cases/${CASE_ID}/comments/`, (call) =>
    call === 1 ? problem(503, "unavailable") : HttpResponse.json({}, { status: 201 }),
  );
  const field = await screen.findByLabelText("Текст заметки для своих");
  await userEvent.type(field, "Жду копию письма");
  await userEvent.click(screen.getByRole("button", { name: "Добавить заметку" }));
  expect(await screen.findByText(/На сервере ошибка/)).toBeVisible();
  expect(field).toHaveValue("Жду копию письма");
  await userEvent.click(screen.getByRole("button", { name: "Добавить заметку" }));
  await vi.waitFor(() => expect(field).toHaveValue(""));
  expect(sent).toEqual([
    { text: "Жду копию письма", audience: "internal", mentions: [], files: [] },
    { text: "Жду копию письма", audience: "internal", mentions: [], files: [] },
  ]);
});
