import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, borrowerSession, problem, server } from "@/testing/server";

import type { CaseParties, CaseParty } from "../queries";
import { ActingFor } from "./acting-for";
import { CasePartiesBlock } from "./case-parties";

const CASE_ID = "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01";
const PARTIES = `${API}/cases/${CASE_ID}/parties/`;

const party = (extra: Partial<CaseParty> = {}): CaseParty => ({
  id: "p1",
  person_name: "Сериков Арман",
  role: "borrower",
  role_label: "Заёмщик",
  organisation_name: null,
  obligation_id: null,
  added_at: "2026-11-20T05:00:00Z",
  allowed_actions: [],
  ...extra,
});

const lawyer = party({
  id: "p2",
  person_name: "Оспанов Ерлан",
  role: "lawyer",
  role_label: "Юрист",
  organisation_name: "Адвокатская контора №1",
  allowed_actions: ["remove"],
});

let list: CaseParties;

beforeEach(() => {
  list = { items: [party()], allowed_actions: ["add_lawyer", "add_mediator"] };
  server.use(http.get(PARTIES, () => HttpResponse.json(list)));
});

const openInvite = async () => {
  renderScreen(<CasePartiesBlock caseId={CASE_ID} />);
  await userEvent.click(await screen.findByRole("button", { name: "Пригласить специалиста" }));
  return screen.getByRole("dialog");
};

test("one field takes an address or a number and sends the right one", async () => {
  const sent = vi.fn();
  server.use(
    http.post(PARTIES, async ({ request }) => {
      sent(await request.json());
      list = { ...list, items: [party(), lawyer] };
      return HttpResponse.json(list, { status: 201 });
    }),
  );
  const dialog = await openInvite();
  const contact = within(dialog).getByLabelText("Почта или телефон специалиста");
  await userEvent.type(contact, "8701");
  await userEvent.click(within(dialog).getByRole("button", { name: "Пригласить" }));
  expect(await within(dialog).findByText(/не похоже на почту или телефон/)).toBeVisible();
  await userEvent.type(contact, " 222 33 44");
  await userEvent.click(within(dialog).getByRole("button", { name: "Пригласить" }));
  expect(await screen.findByText("Оспанов Ерлан")).toBeVisible();
  expect(screen.getByText("Юрист, Адвокатская контора №1")).toBeVisible();
  expect(sent).toHaveBeenCalledWith({ role: "lawyer", phone: "+77012223344" });
});

test("a conflict of interest is explained and what was typed stays", async () => {
  server.use(http.post(PARTIES, () => problem(409, "case.conflict_of_interest")));
  const dialog = await openInvite();
  const contact = within(dialog).getByLabelText("Почта или телефон специалиста");
  await userEvent.type(contact, "yurist@mail.kz");
  await userEvent.click(within(dialog).getByRole("button", { name: "Пригласить" }));
  expect(await within(dialog).findByText("Этот специалист не может участвовать")).toBeVisible();
  expect(contact).toHaveValue("yurist@mail.kz");
});

test("somebody unknown is told at the field", async () => {
  server.use(
    http.post(PARTIES, () =>
      problem(400, "validation", {
        errors: [{ pointer: "/email", code: "unknown", detail: "Такого специалиста нет." }],
      }),
    ),
  );
  const dialog = await openInvite();
  await userEvent.type(within(dialog).getByLabelText("Почта или телефон специалиста"), "x@mail.kz");
  await userEvent.click(within(dialog).getByRole("button", { name: "Пригласить" }));
  expect(await within(dialog).findByText("Такого специалиста нет.")).toBeVisible();
});

test("only who may be removed can be, after a confirmation", async () => {
  list = { items: [party(), lawyer], allowed_actions: [] };
  server.use(
    http.delete(`${PARTIES}p2/`, () => {
      list = { items: [party()], allowed_actions: [] };
      return new HttpResponse(null, { status: 204 });
    }),
  );
  renderScreen(<CasePartiesBlock caseId={CASE_ID} />);
  await userEvent.click(await screen.findByRole("button", { name: "Убрать из дела: Оспанов Ерлан" }));
  expect(screen.queryByRole("button", { name: /Сериков/ })).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Пригласить специалиста" })).not.toBeInTheDocument();
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Убрать из дела" }));
  await vi.waitFor(() => expect(screen.queryByText("Оспанов Ерлан")).not.toBeInTheDocument());
});

const represents = [
  {
    power_id: "w1",
    principal_id: "q1",
    principal_name: "Сериков Арман",
    scope: ["view"],
    valid_until: "2027-11-25",
  },
];

test("a representative reads whose case it is and until when; others read nothing", async () => {
  server.use(
    http.get(`${API}/session/`, () =>
      HttpResponse.json(borrowerSession({ full_name: "Оспанов Ерлан", represents })),
    ),
  );
  renderScreen(
    <>
      <ActingFor borrowerName="Сериков Арман" />
      <ActingFor borrowerName="Оспанов Ерлан" />
    </>,
  );
  expect(await screen.findByText("Это дело другого человека")).toBeVisible();
  expect(screen.getByText(/Сериков Арман: вам можно видеть, до 25.ноября.2027/)).toBeVisible();
  expect(screen.getAllByText("Это дело другого человека")).toHaveLength(1);
});
