import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { aPerson, PERSON_ID } from "../testing/made-people";
import type { PersonDetail } from "../types";
import { PersonPage } from "./person-page";

const AT = `${API}/people/${PERSON_ID}`;
let current: PersonDetail;

beforeEach(() => {
  document.cookie = "csrftoken=x";
  current = aPerson();
  server.use(
    http.get(`${AT}/`, () => HttpResponse.json(current)),
    http.get(`${AT}/history/`, () =>
      HttpResponse.json({
        items: [
          {
            id: "1",
            at: "2026-11-24T09:00:00Z",
            title: "Роль дана",
            actor_label: "Ермек Асқар",
            details: ["Менеджер"],
          },
        ],
        next_cursor: null,
      }),
    ),
  );
});

const open = async () => {
  renderScreen(
    <PersonPage personId={PERSON_ID} renderViewAs={(person) => <p>глазами {person.full_name}</p>} />,
  );
  await screen.findByRole("heading", { level: 1 });
};

test("numbers stand masked until a reason is given, and are shown then", async () => {
  const reasons: unknown[] = [];
  server.use(
    http.post(`${AT}/reveal/`, async ({ request }) => {
      reasons.push(await request.json());
      return HttpResponse.json({ iin: "840512400122", phone: "+77012341841" });
    }),
  );
  await open();
  expect(screen.getByText("••••••••0122")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Показать ИИН и телефон" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Показать" }));
  expect(within(dialog).getByText("Напишите хотя бы несколько слов")).toBeVisible();
  expect(reasons).toHaveLength(0);
  await userEvent.type(within(dialog).getByRole("textbox"), "звонок о смене номера");
  await userEvent.click(within(dialog).getByRole("button", { name: "Показать" }));
  expect(await screen.findByText("840512400122")).toBeVisible();
  expect(reasons).toEqual([{ fields: ["iin", "phone"], reason: "звонок о смене номера" }]);
  await userEvent.click(screen.getByRole("button", { name: /^Скрыть/ }));
  expect(screen.queryByText("840512400122")).not.toBeInTheDocument();
});

test("only what the server allows is offered", async () => {
  current = aPerson({ allowed_actions: [] });
  await open();
  for (const name of ["Дать роль", "Отключить запись", "Исправить", "Смотреть как этот человек"]) {
    expect(screen.queryByRole("button", { name })).not.toBeInTheDocument();
  }
  expect(screen.queryByRole("button", { name: /Снять роль/ })).not.toBeInTheDocument();
});

test("deactivation needs a reason and shows the new state", async () => {
  server.use(
    http.post(`${AT}/deactivate/`, () => {
      current = aPerson({ status: "deactivated", allowed_actions: ["reactivate"] });
      return HttpResponse.json(current);
    }),
  );
  await open();
  await userEvent.click(screen.getByRole("button", { name: "Отключить запись" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.type(within(dialog).getByRole("textbox"), "уволился");
  await userEvent.click(within(dialog).getByRole("button", { name: "Отключить запись" }));
  expect(await screen.findByText("Отключён")).toBeVisible();
  expect(screen.getByRole("button", { name: "Включить запись" })).toBeVisible();
});

test("a role that the server will not take away stays, and the window says why", async () => {
  server.use(
    http.delete(`${AT}/roles/${current.grants[0]?.id}/`, () =>
      problem(409, "accounts.last_administrator", { detail: "Это последний администратор." }),
    ),
  );
  await open();
  await userEvent.click(screen.getByRole("button", { name: "Снять роль «Менеджер»" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Снять роль" }));
  expect(await within(dialog).findByText("Это последний администратор.")).toBeVisible();
});

test("giving a role offers only roles that are given by hand and not held", async () => {
  const given: unknown[] = [];
  server.use(
    http.get(`${API}/roles/`, () =>
      HttpResponse.json({
        built_in: [
          { code: "manager", label: "Менеджер", abilities: [], is_staff: true, by_hand: true },
          { code: "supervisor", label: "Руководитель", abilities: [], is_staff: true, by_hand: true },
          { code: "lawyer", label: "Юрист", abilities: [], is_staff: false, by_hand: false },
        ],
        custom: [{ id: "c1", name: "Контролёр", archived: false }],
      }),
    ),
    http.post(`${AT}/roles/`, async ({ request }) => {
      given.push(await request.json());
      return HttpResponse.json(current);
    }),
  );
  await open();
  await userEvent.click(screen.getByRole("button", { name: "Дать роль" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(await within(dialog).findByRole("radio", { name: /Контролёр/ }));
  expect(within(dialog).queryByRole("radio", { name: "Менеджер" })).not.toBeInTheDocument();
  expect(within(dialog).queryByRole("radio", { name: "Юрист" })).not.toBeInTheDocument();
  await userEvent.click(within(dialog).getByRole("button", { name: "Дать роль" }));
  await vi.waitFor(() => expect(given).toEqual([{ custom_role_id: "c1" }]));
});

test("the server's word on a field stands at the field and nothing typed is lost", async () => {
  server.use(
    http.patch(`${AT}/`, () =>
      problem(400, "validation", {
        errors: [{ pointer: "/full_name", code: "letters", detail: "Только буквы." }],
      }),
    ),
  );
  await open();
  await userEvent.click(screen.getByRole("button", { name: "Исправить" }));
  const field = screen.getByLabelText("Имя");
  await userEvent.clear(field);
  await userEvent.type(field, "Динара 2");
  await userEvent.click(screen.getByRole("button", { name: "Сохранить" }));
  expect(await screen.findByText("Только буквы.")).toBeVisible();
  expect(field).toHaveValue("Динара 2");
  expect(field).toHaveFocus();
});
