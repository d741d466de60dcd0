import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import type { Invitation } from "../types";
import { InvitationList } from "./invitation-list";

const invitation = (extra: Partial<Invitation> = {}): Invitation => ({
  id: "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01",
  email: "new@kenes.sandbox",
  full_name: "Оспанова Дана",
  language: "ru",
  roles: [{ code: "manager", label: "Менеджер" }],
  custom_roles: [],
  organisation: null,
  post: "",
  is_administrator: false,
  status: "open",
  created_at: "2026-11-24T09:00:00Z",
  expires_at: "2026-12-01T09:00:00Z",
  invited_by_name: "",
  ...extra,
});

const STAFF = ["staff.area", "person.invite_staff", "person.invite_borrower"];
let items: Invitation[];

beforeEach(() => {
  document.cookie = "csrftoken=x";
  items = [invitation()];
  server.use(
    http.get(`${API}/invitations/`, () => HttpResponse.json({ items, next_cursor: null })),
    http.get(`${API}/roles/`, () =>
      HttpResponse.json({
        built_in: [
          { code: "manager", label: "Менеджер", by_hand: true },
          { code: "lawyer", label: "Юрист", by_hand: false },
        ],
        custom: [
          { id: "c1", name: "Контролёр", archived: false },
          { id: "c2", name: "Старая", archived: true },
        ],
      }),
    ),
  );
});

const openForm = async (abilities = STAFF) => {
  renderScreen(<InvitationList abilities={abilities} />);
  await userEvent.click(await screen.findByRole("button", { name: "Пригласить" }));
  return screen.getByRole("dialog");
};

test("an invitation goes out with built-in and custom roles apart", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post(`${API}/invitations/`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(invitation(), { status: 201 });
    }),
  );
  const dialog = await openForm();
  await userEvent.click(await within(dialog).findByRole("checkbox", { name: "Менеджер" }));
  await userEvent.click(within(dialog).getByRole("checkbox", { name: /Контролёр/ }));
  expect(within(dialog).queryByRole("checkbox", { name: "Юрист" })).not.toBeInTheDocument();
  expect(within(dialog).queryByRole("checkbox", { name: /Старая/ })).not.toBeInTheDocument();
  await userEvent.type(within(dialog).getByLabelText("Электронная почта"), "new@kenes.sandbox");
  await userEvent.type(within(dialog).getByLabelText("Имя и фамилия"), "Оспанова Дана{Enter}");
  await vi.waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(sent).toEqual([
    {
      email: "new@kenes.sandbox",
      full_name: "Оспанова Дана",
      language: "ru",
      roles: ["manager"],
      custom_role_ids: ["c1"],
    },
  ]);
});

test("an empty form is not sent and the first wrong field takes the focus", async () => {
  const dialog = await openForm();
  await userEvent.click(within(dialog).getByRole("button", { name: "Отправить приглашение" }));
  expect(within(dialog).getAllByText("Заполните это поле")).toHaveLength(2);
  expect(within(dialog).getByText("Выберите хотя бы одно")).toBeVisible();
  await vi.waitFor(() => expect(within(dialog).getByLabelText("Электронная почта")).toHaveFocus());
});

test("who may invite borrowers only is offered nothing else", async () => {
  const dialog = await openForm(["staff.area", "person.invite_borrower"]);
  expect(within(dialog).getAllByRole("checkbox")).toHaveLength(1);
  expect(within(dialog).getByRole("checkbox", { name: "Заёмщик" })).toBeChecked();
});

test("a second open invitation is refused in the server's words", async () => {
  server.use(
    http.post(`${API}/invitations/`, () =>
      problem(409, "invitation.open_already", { detail: "На этот адрес уже есть приглашение." }),
    ),
  );
  const dialog = await openForm();
  await userEvent.click(await within(dialog).findByRole("checkbox", { name: "Менеджер" }));
  await userEvent.type(within(dialog).getByLabelText("Электронная почта"), "new@kenes.sandbox");
  await userEvent.type(within(dialog).getByLabelText("Имя и фамилия"), "Оспанова Дана{Enter}");
  expect(await within(dialog).findByText("На этот адрес уже есть приглашение.")).toBeVisible();
});

test("taking back asks first; an accepted one can no longer be taken back", async () => {
  const taken = vi.fn();
  server.use(
    http.delete(`${API}/invitations/${invitation().id}/`, () => {
      taken();
      items = [invitation({ status: "accepted" })];
      return new HttpResponse(null, { status: 204 });
    }),
  );
  renderScreen(<InvitationList abilities={STAFF} />);
  await userEvent.click(await screen.findByRole("button", { name: /^Отозвать приглашение: / }));
  expect(taken).not.toHaveBeenCalled();
  await userEvent.click(
    within(screen.getByRole("dialog")).getByRole("button", { name: "Отозвать приглашение" }),
  );
  expect(await screen.findByText("Принято")).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Отозвать/ })).not.toBeInTheDocument();
});
