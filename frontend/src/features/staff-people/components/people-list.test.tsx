import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { aPersonRow } from "../testing/made-people";
import { PeopleList } from "./people-list";

const asked: Record<string, unknown>[] = [];

const answerWith = (...pages: { items: ReturnType<typeof aPersonRow>[]; next_cursor: string | null }[]) => {
  server.use(
    http.post(`${API}/people/search/`, async ({ request }) => {
      asked.push((await request.json()) as Record<string, unknown>);
      return HttpResponse.json(pages[Math.min(asked.length, pages.length) - 1]);
    }),
  );
};

beforeEach(() => {
  asked.length = 0;
  window.history.replaceState(null, "", "/ru/staff/people");
  server.use(
    http.get(`${API}/roles/`, () =>
      HttpResponse.json({
        built_in: [{ code: "manager", label: "Менеджер", abilities: [], is_staff: true }],
        custom: [],
        catalogue: [],
      }),
    ),
    http.get(`${API}/organisations/`, () => HttpResponse.json({ items: [], next_cursor: null })),
  );
});

test("people stand with their roles and lead to their page", async () => {
  answerWith({ items: [aPersonRow()], next_cursor: null });
  renderScreen(<PeopleList />);
  const row = await screen.findByRole("link", { name: /Ахметова Динара/ });
  expect(row).toHaveAttribute("href", `/ru/staff/people/${aPersonRow().id}`);
  expect(within(row).getByText("Менеджер")).toBeVisible();
});

test("what is searched for travels in the body and never stands in the address", async () => {
  answerWith({ items: [aPersonRow()], next_cursor: null });
  renderScreen(<PeopleList />);
  await userEvent.type(await screen.findByRole("searchbox"), "840512400122");
  await vi.waitFor(() => expect(asked.at(-1)?.query).toBe("840512400122"));
  expect(window.location.search).toBe("");
});

test("filters stand in the address and reach the server", async () => {
  answerWith({ items: [], next_cursor: null });
  renderScreen(<PeopleList />);
  await screen.findByRole("option", { name: "Менеджер" });
  await userEvent.selectOptions(screen.getByLabelText("Роль"), "manager");
  await userEvent.selectOptions(screen.getByLabelText("Состояние"), "deactivated");
  await vi.waitFor(() => expect(asked.at(-1)).toMatchObject({ roles: ["manager"], status: "deactivated" }));
  expect(window.location.search).toBe("?role=manager&status=deactivated");
  const [clear] = await screen.findAllByRole("button", { name: "Сбросить фильтры" });
  if (clear) await userEvent.click(clear);
  await vi.waitFor(() => expect(asked.at(-1)).toMatchObject({ roles: [], status: null }));
});

test("a refusal is told in words", async () => {
  server.use(http.post(`${API}/people/search/`, () => problem(403, "forbidden")));
  renderScreen(<PeopleList />);
  expect(await screen.findByText("Это действие вам недоступно")).toBeVisible();
});

test("the next page comes behind the first", async () => {
  answerWith(
    { items: [aPersonRow()], next_cursor: "c1" },
    { items: [aPersonRow({ id: "2", full_name: "Болат Ержан" })], next_cursor: null },
  );
  renderScreen(<PeopleList />);
  await userEvent.click(await screen.findByRole("button", { name: "Показать ещё" }));
  expect(await screen.findByText("Болат Ержан")).toBeVisible();
  expect(screen.getByText("Ахметова Динара Сериковна")).toBeVisible();
  expect(asked.at(-1)?.cursor).toBe("c1");
});
