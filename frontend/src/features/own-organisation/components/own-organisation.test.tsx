import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, borrowerSession, problem, server } from "@/testing/server";

import type { Member, MemberList, OwnOrganisation } from "../queries";
import { OwnOrganisationScreen } from "./own-organisation";

const ID = "7c0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01";
const SELF = "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01";
const CARD = `${API}/organisations/${ID}/`;
const PEOPLE = `${CARD}people/`;

const card = (extra: Partial<OwnOrganisation> = {}): OwnOrganisation => ({
  id: ID,
  kind: "creditor",
  kind_label: "Кредитор",
  name: "ТОО «Айқын Қаржы»",
  name_kk: "«Айқын Қаржы» ЖШС",
  bin: "090140000001",
  status: "open",
  people_count: 2,
  address: "г. Алматы",
  email: "office@aiqyn.kz",
  phone: "",
  version: 4,
  checked_at: "2026-11-01T05:00:00Z",
  checked_by_name: "",
  allowed_actions: ["edit", "invite", "manage_people"],
  ...extra,
});

const member = (extra: Partial<Member> = {}): Member => ({
  membership_id: "m1",
  person_id: SELF,
  full_name: "Ахметова Динара",
  masked_email: "d•••@aiqyn.kz",
  post: "Юрист",
  is_administrator: true,
  since: "2026-10-01T05:00:00Z",
  roles: [],
  ...extra,
});

const colleague = (extra: Partial<Member> = {}) =>
  member({
    membership_id: "m2",
    person_id: "p2",
    full_name: "Оспанов Ерлан",
    is_administrator: false,
    ...extra,
  });

let people: MemberList;

const open = (administers = true) => {
  server.use(
    http.get(`${API}/session/`, () =>
      HttpResponse.json(
        borrowerSession({
          organisations: [
            { id: ID, name: "ТОО «Айқын Қаржы»", kind: "creditor", is_administrator: administers },
          ],
        }),
      ),
    ),
  );
  renderScreen(<OwnOrganisationScreen />);
};

beforeEach(() => {
  window.history.replaceState(null, "", "/ru/organisation");
  people = { items: [member(), colleague()], invitations: [] };
  server.use(
    http.get(CARD, () => HttpResponse.json(card())),
    http.get(PEOPLE, () => HttpResponse.json(people)),
  );
});

test("nobody but its administrator gets anything of an organisation", async () => {
  const asked = vi.fn();
  server.use(http.get(CARD, asked), http.get(PEOPLE, asked));
  open(false);
  expect(await screen.findByText("Это действие вам недоступно")).toBeVisible();
  expect(asked).not.toHaveBeenCalled();
});

test("one's own rights are not offered to be taken; a colleague's are, with the consequence named", async () => {
  const changed = vi.fn();
  server.use(
    http.patch(`${PEOPLE}m2/`, async ({ request }) => {
      changed(await request.json());
      people = { ...people, items: [member(), colleague({ is_administrator: true })] };
      return HttpResponse.json(people);
    }),
  );
  open();
  await screen.findByText("Оспанов Ерлан");
  expect(screen.queryByRole("button", { name: /Ахметова/ })).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Сделать администратором: Оспанов Ерлан" }));
  const dialog = screen.getByRole("dialog");
  expect(within(dialog).getByText(/приглашать и убирать людей/)).toBeVisible();
  await userEvent.click(within(dialog).getByRole("button", { name: "Сделать администратором" }));
  expect(
    await screen.findByRole("button", { name: "Снять права администратора: Оспанов Ерлан" }),
  ).toBeVisible();
  expect(changed).toHaveBeenCalledWith({ is_administrator: true });
});

test("removing somebody is confirmed by name; a refusal stays in the dialog", async () => {
  server.use(http.delete(`${PEOPLE}m2/`, () => problem(409, "people.own_rights", { detail: "Нельзя." })));
  open();
  await userEvent.click(await screen.findByRole("button", { name: "Убрать из организации: Оспанов Ерлан" }));
  const dialog = screen.getByRole("dialog");
  expect(within(dialog).getByText(/Оспанов Ерлан сразу выйдет из системы/)).toBeVisible();
  await userEvent.click(within(dialog).getByRole("button", { name: "Убрать из организации" }));
  expect(await within(dialog).findByText("Нельзя.")).toBeVisible();
});

test("an invitation is checked, sent once and listed", async () => {
  const sent = vi.fn();
  server.use(
    http.post(PEOPLE, async ({ request }) => {
      sent(await request.json());
      const invitation = {
        id: "i1",
        email: "new@aiqyn.kz",
        full_name: "",
        post: "",
        is_administrator: true,
        expires_at: "2026-12-02T05:00:00Z",
        status: "open" as const,
      };
      people = { ...people, invitations: [invitation] };
      return HttpResponse.json(invitation, { status: 201 });
    }),
  );
  open();
  await userEvent.click(await screen.findByRole("button", { name: "Пригласить" }));
  const dialog = screen.getByRole("dialog");
  const email = within(dialog).getByLabelText("Рабочая почта");
  await userEvent.type(email, "new");
  await userEvent.click(within(dialog).getByRole("button", { name: "Отправить приглашение" }));
  expect(await within(dialog).findByText(/нужен вид name@mail.kz/)).toBeVisible();
  await userEvent.type(email, "@aiqyn.kz");
  await userEvent.click(within(dialog).getByRole("checkbox", { name: /Администратор организации/ }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Отправить приглашение" }));
  expect(await screen.findByRole("button", { name: "Отозвать приглашение: new@aiqyn.kz" })).toBeVisible();
  expect(sent).toHaveBeenCalledTimes(1);
  expect(sent).toHaveBeenCalledWith({
    email: "new@aiqyn.kz",
    full_name: "",
    post: "",
    language: "ru",
    is_administrator: true,
  });
});

test("contacts go with the version that was shown, and never a name or БИН", async () => {
  const sent = vi.fn();
  server.use(
    http.patch(CARD, async ({ request }) => {
      sent(await request.json());
      return HttpResponse.json(card({ address: "г. Астана", version: 5 }));
    }),
  );
  open();
  await userEvent.click(await screen.findByRole("button", { name: "Изменить контакты" }));
  expect(screen.queryByLabelText("БИН")).not.toBeInTheDocument();
  const address = screen.getByLabelText(/Адрес/);
  await userEvent.clear(address);
  await userEvent.type(address, "г. Астана");
  await userEvent.click(screen.getByRole("button", { name: "Сохранить" }));
  expect(await screen.findByText("Контакты сохранены")).toBeVisible();
  expect(sent).toHaveBeenCalledWith({
    address: "г. Астана",
    email: "office@aiqyn.kz",
    phone: "",
    version: 4,
  });
});
