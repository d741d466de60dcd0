import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import type { Program } from "../types";
import { ProgramList } from "./program-list";

const ID = "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01";

const program = (extra: Partial<Program> = {}): Program => ({
  id: ID,
  client_id: "kenes-partner-1",
  name: "Портал банка",
  kind: "confidential",
  grants: ["authorization_code"],
  scopes: ["cases:read"],
  redirect_uris: ["https://bank.kz/return"],
  organisation_id: null,
  organisation_name: null,
  created_by_name: "Ермек Асқар",
  created_at: "2026-11-20T09:00:00Z",
  revoked_at: null,
  last_used_at: null,
  ...extra,
});

let items: Program[];

beforeEach(() => {
  document.cookie = "csrftoken=x";
  items = [program()];
  server.use(
    http.get(`${API}/programs/`, () => HttpResponse.json({ items, next_cursor: null })),
    http.get(`${API}/organisations/`, () => HttpResponse.json({ items: [], next_cursor: null })),
    http.get(`${API}/scopes/`, () =>
      HttpResponse.json({
        items: [{ code: "cases:read", label: "Видеть дела", explanation: "Дела, сроки и история." }],
      }),
    ),
  );
});

const fill = async () => {
  renderScreen(<ProgramList />);
  await userEvent.click(await screen.findByRole("button", { name: "Зарегистрировать программу" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.type(within(dialog).getByLabelText("Название"), "CRM");
  await userEvent.click(await within(dialog).findByRole("checkbox", { name: /Видеть дела/ }));
  await userEvent.type(
    within(dialog).getByLabelText(/Куда возвращать людей/),
    "https://crm.kz/back{Enter}https://crm.kz/again",
  );
  await userEvent.click(within(dialog).getByRole("button", { name: "Зарегистрировать программу" }));
  return dialog;
};

test("the secret is shown once, outlives a first Escape and goes with its window", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post(`${API}/programs/`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(
        { program: program({ client_id: "kenes-crm" }), client_secret: "only-once" },
        { status: 201 },
      );
    }),
  );
  await fill();
  expect(await screen.findByLabelText("Секрет")).toHaveValue("only-once");
  expect(screen.getByLabelText("Идентификатор")).toHaveValue("kenes-crm");
  expect(sent).toEqual([
    {
      name: "CRM",
      kind: "confidential",
      grants: ["authorization_code", "refresh_token"],
      scopes: ["cases:read"],
      redirect_uris: ["https://crm.kz/back", "https://crm.kz/again"],
      organisation_id: null,
    },
  ]);
  await userEvent.keyboard("{Escape}");
  expect(screen.getByLabelText("Секрет")).toBeVisible();
  expect(screen.getByText(/Вы точно сохранили секрет/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Секрет сохранён, закрыть" }));
  expect(screen.queryByDisplayValue("only-once")).not.toBeInTheDocument();
});

test("a wrong address of the list is told at the field of addresses", async () => {
  server.use(
    http.post(`${API}/programs/`, () =>
      problem(400, "validation", {
        errors: [{ pointer: "/redirect_uris/1", code: "redirect_uri", detail: "Нужен полный адрес https." }],
      }),
    ),
  );
  const dialog = await fill();
  expect(await within(dialog).findByText("Нужен полный адрес https.")).toBeVisible();
  await vi.waitFor(() => expect(within(dialog).getByLabelText(/Куда возвращать людей/)).toHaveFocus());
});

test("shutting a program out asks first; nothing can be done with it afterwards", async () => {
  server.use(
    http.post(`${API}/programs/${ID}/revoke/`, () => {
      items = [program({ revoked_at: "2026-11-25T09:00:00Z" })];
      return HttpResponse.json(items[0]);
    }),
  );
  renderScreen(<ProgramList />);
  await userEvent.click(await screen.findByRole("button", { name: "Отключить" }));
  expect(screen.getByText(/токены и согласия людей закончатся сразу/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Отключить программу" }));
  expect(await screen.findByText("Отключена")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Изменить" })).not.toBeInTheDocument();
});

test("a public program has no secret to change", async () => {
  items = [program({ kind: "public" })];
  renderScreen(<ProgramList />);
  expect(await screen.findByRole("button", { name: "Изменить" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Сменить секрет" })).not.toBeInTheDocument();
});
