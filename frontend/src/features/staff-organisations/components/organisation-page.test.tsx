import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import type { Members, Organisation } from "../types";
import { OrganisationList } from "./organisation-list";
import { OrganisationPage } from "./organisation-page";

const ID = "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01";
const AT = `${API}/organisations/${ID}`;

const organisation = (extra: Partial<Organisation> = {}): Organisation => ({
  id: ID,
  kind: "creditor",
  kind_label: "Кредитор",
  name: "ТОО «Айқын Қаржы»",
  name_kk: "",
  bin: "123456789012",
  status: "unchecked",
  people_count: 1,
  address: "",
  email: "",
  phone: "",
  version: 2,
  checked_at: null,
  checked_by_name: "",
  allowed_actions: ["edit", "edit_register", "check", "close", "invite", "manage_people"],
  ...extra,
});

const members: Members = {
  items: [
    {
      membership_id: "m1",
      person_id: "p1",
      full_name: "Оспанова Дана",
      masked_email: "d•••@bank.kz",
      post: "юрист",
      is_administrator: true,
      since: "2026-11-01T09:00:00Z",
      roles: [],
    },
  ],
  invitations: [],
};

let current: Organisation;

beforeEach(() => {
  document.cookie = "csrftoken=x";
  current = organisation();
  window.history.replaceState(null, "", "/ru/staff/organisations");
  server.use(
    http.get(`${AT}/`, () => HttpResponse.json(current)),
    http.get(`${AT}/people/`, () => HttpResponse.json(members)),
    http.get(`${API}/organisations/`, () => HttpResponse.json({ items: [current], next_cursor: null })),
  );
});

test("a check with its note makes the organisation checked", async () => {
  const notes: unknown[] = [];
  server.use(
    http.post(`${AT}/check/`, async ({ request }) => {
      notes.push(await request.json());
      current = organisation({ status: "open", checked_at: "2026-11-25T09:00:00Z", allowed_actions: [] });
      return HttpResponse.json(current);
    }),
  );
  renderScreen(<OrganisationPage organisationId={ID} />);
  await userEvent.click(await screen.findByRole("button", { name: "Подтвердить проверку" }));
  await userEvent.type(screen.getByLabelText("Что проверено"), "реестр, запись 12");
  await userEvent.click(screen.getByRole("button", { name: "Организация проверена" }));
  await vi.waitFor(() => expect(notes).toEqual([{ note: "реестр, запись 12" }]));
  await vi.waitFor(() => expect(screen.queryByText(/ещё не проверена/)).not.toBeInTheDocument());
  expect(screen.queryByRole("button", { name: "Подтвердить проверку" })).not.toBeInTheDocument();
});

test("whoever may only look gets no buttons", async () => {
  current = organisation({ allowed_actions: [] });
  renderScreen(<OrganisationPage organisationId={ID} />);
  expect(await screen.findByText("Оспанова Дана")).toBeVisible();
  for (const name of ["Изменить", "Закрыть", "Пригласить", "Подтвердить проверку"]) {
    expect(screen.queryByRole("button", { name })).not.toBeInTheDocument();
  }
});

test("a stale change keeps what was typed and goes with the new version", async () => {
  const versions: unknown[] = [];
  server.use(
    http.patch(`${AT}/`, async ({ request }) => {
      const body = (await request.json()) as { version: number; phone: string };
      versions.push([body.version, body.phone]);
      if (body.version === 2) {
        current = organisation({ version: 3 });
        return problem(409, "accounts.changed_meanwhile");
      }
      return HttpResponse.json(organisation({ version: 4 }));
    }),
  );
  renderScreen(<OrganisationPage organisationId={ID} />);
  const [edit] = await screen.findAllByRole("button", { name: "Изменить" });
  if (edit) await userEvent.click(edit);
  const dialog = screen.getByRole("dialog");
  await userEvent.type(within(dialog).getByLabelText(/^Телефон/), "7012341841");
  await userEvent.click(within(dialog).getByRole("button", { name: "Сохранить" }));
  expect(await within(dialog).findByText("Запись изменилась")).toBeVisible();
  await vi.waitFor(async () => {
    await userEvent.click(within(dialog).getByRole("button", { name: "Сохранить" }));
    expect(versions.at(-1)).toEqual([3, "+77012341841"]);
  });
});

test("a new organisation with a wrong BIN is stopped before it is sent, a taken one at its field", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post(`${API}/organisations/`, async ({ request }) => {
      sent.push(await request.json());
      return problem(400, "validation", {
        errors: [{ pointer: "/bin", code: "taken", detail: "Этот БИН уже есть." }],
      });
    }),
  );
  renderScreen(<OrganisationList abilities={["organisation.see", "organisation.edit"]} />);
  await userEvent.click(await screen.findByRole("button", { name: "Добавить организацию" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.selectOptions(within(dialog).getByLabelText("Вид"), "creditor");
  await userEvent.type(within(dialog).getByLabelText("Название"), "Банк");
  await userEvent.type(within(dialog).getByLabelText(/^БИН/), "123");
  await userEvent.click(within(dialog).getByRole("button", { name: "Добавить организацию" }));
  expect(within(dialog).getByText("В БИН 12 цифр")).toBeVisible();
  expect(sent).toHaveLength(0);
  await userEvent.type(within(dialog).getByLabelText(/^БИН/), "456789012");
  await userEvent.click(within(dialog).getByRole("button", { name: "Добавить организацию" }));
  expect(await within(dialog).findByText("Этот БИН уже есть.")).toBeVisible();
  expect(sent[0]).toMatchObject({ kind: "creditor", name: "Банк", bin: "123456789012", phone: "" });
});

test("without the right to edit nothing can be added; words stay out of the address", async () => {
  renderScreen(<OrganisationList abilities={["organisation.see"]} />);
  expect(await screen.findByRole("link", { name: /Айқын Қаржы/ })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Добавить организацию" })).not.toBeInTheDocument();
  await userEvent.type(screen.getByRole("searchbox"), "Айқын");
  await userEvent.selectOptions(screen.getByLabelText("Состояние"), "unchecked");
  expect(window.location.search).toBe("?status=unchecked");
});

test("removing somebody asks first and shows a refusal", async () => {
  server.use(
    http.delete(`${AT}/people/m1/`, () =>
      problem(403, "accounts.own_rights", { detail: "Свои права никто не меняет сам." }),
    ),
  );
  renderScreen(<OrganisationPage organisationId={ID} />);
  await userEvent.click(await screen.findByRole("button", { name: "Убрать из организации: Оспанова Дана" }));
  await userEvent.click(screen.getByRole("button", { name: "Убрать из организации" }));
  expect(await screen.findByText("Свои права никто не меняет сам.")).toBeVisible();
});
