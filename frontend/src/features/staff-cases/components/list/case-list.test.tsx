import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { CASE_ID, madeCase, madeRow, MANAGER_ID } from "../../testing/made-cases";
import { CaseList } from "./case-list";

const OTHER_ID = "b62d05f3-de4e-4201-85f4-1613a36e6523";
const ROWS = [
  madeRow(),
  madeRow({ id: OTHER_ID, number: "KH-2026-000027", borrower_name: "Петренко А. М." }),
];
const COUNTS = {
  by_status: { triage: 3, active: 2 },
  mine: 2,
  unassigned: 1,
  overdue_deadlines: 1,
  pressing: 1,
};

const asked: URLSearchParams[] = [];
const searched: unknown[] = [];

beforeEach(() => {
  window.history.replaceState(null, "", "/ru/staff/cases");
  asked.length = 0;
  searched.length = 0;
  server.use(
    http.get(`${API}/cases/`, ({ request }) => {
      asked.push(new URL(request.url).searchParams);
      return HttpResponse.json({ items: ROWS, next_cursor: null });
    }),
    http.post(`${API}/cases/search/`, async ({ request }) => {
      searched.push(await request.json());
      return HttpResponse.json({ items: [], next_cursor: null });
    }),
    http.get(`${API}/cases/counts/`, () => HttpResponse.json(COUNTS)),
    http.get(`${API}/staff/managers/`, () =>
      HttpResponse.json({ items: [{ id: MANAGER_ID, full_name: "Ахметова Динара Сериковна" }] }),
    ),
    http.get(`${API}/cases/${CASE_ID}/`, () => HttpResponse.json(madeCase())),
  );
});

const shown = () => screen.findByRole("link", { name: /KH-2026-000064/ });

test("a view narrows the list, stays in the address and says how many stand behind it", async () => {
  renderScreen(<CaseList />);
  await shown();
  await userEvent.click(await screen.findByRole("button", { name: /^Мои\s*2$/ }));
  await vi.waitFor(() => expect(asked.at(-1)?.get("assignee")).toBe("me"));
  expect(asked.at(-1)?.getAll("status")).toContain("awaiting_borrower");
  expect(window.location.search).toBe("?status=open&assignee=me&sort=next_deadline");
});

test("a filter chip asks the server and can be taken off", async () => {
  renderScreen(<CaseList />);
  await shown();
  await userEvent.click(screen.getByRole("button", { name: "Срочность" }));
  await userEvent.click(screen.getByLabelText("Очень срочно"));
  await vi.waitFor(() => expect(asked.at(-1)?.getAll("urgency")).toEqual(["1"]));
  expect(window.location.search).toBe("?urgency=1");
  await userEvent.click(screen.getByRole("button", { name: "Убрать фильтр «Срочность»" }));
  await vi.waitFor(() => expect(asked.at(-1)?.has("urgency")).toBe(false));
});

test("words to search for travel in a body and never in the address", async () => {
  renderScreen(<CaseList />);
  await shown();
  const field = screen.getByRole("searchbox", { name: "Найти дело" });
  await userEvent.type(field, "Досымов");
  expect(await screen.findByText("Такого дела не нашлось")).toBeVisible();
  expect(searched).toEqual([expect.objectContaining({ query: "Досымов", urgency: [] })]);
  expect(window.location.href).not.toContain(encodeURIComponent("Досымов"));
  await userEvent.type(field, "{Escape}");
  await shown();
});

test("j and k walk the rows, space opens a glance, escape closes it", async () => {
  renderScreen(<CaseList />);
  const first = await shown();
  await userEvent.keyboard("j");
  expect(first).toHaveFocus();
  await userEvent.keyboard("jk ");
  const glance = await screen.findByRole("complementary", { name: "Дело вкратце" });
  expect(await within(glance).findByText("Сулейменова Сауле Кайратовна")).toBeVisible();
  expect(window.location.search).toBe(`?peek=${CASE_ID}`);
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("complementary")).not.toBeInTheDocument();
});

test("the slash goes to the search, letters typed there move nothing", async () => {
  renderScreen(<CaseList />);
  const first = await shown();
  await userEvent.keyboard("/");
  const field = screen.getByRole("searchbox", { name: "Найти дело" });
  expect(field).toHaveFocus();
  await userEvent.type(field, "j");
  expect(first).not.toHaveFocus();
});

test("a refusal and a lost line are told apart", async () => {
  server.use(http.get(`${API}/cases/`, () => problem(403, "forbidden")));
  renderScreen(<CaseList />);
  expect(await screen.findByText("Это действие вам недоступно")).toBeVisible();
});
