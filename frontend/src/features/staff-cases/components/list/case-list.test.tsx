import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { CASE_ID, madeCase, madeRow, MANAGER_ID, TODAY } from "../../testing/made-cases";
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
  counted_to: 1000,
};

const HEAD = {
  items: [
    {
      id: "c62d05f3-de4e-4201-85f4-1613a36e6523",
      name: "Крупные",
      scope: "shared",
      role: "",
      owner: { id: OTHER_ID, full_name: "Сейтова А. Б." },
      filters: { amount_from: 50_000_000, sort: "-amount" },
      columns: ["status"],
      layout: "list",
      may_edit: false,
    },
  ],
  preference: { columns: ["status", "term"], order: ["due"], default_view: "", layout: "list" },
  may_share: false,
  team: "manager",
};
const JOB = {
  id: "d62d05f3-de4e-4201-85f4-1613a36e6523",
  kind: "bulk",
  action: "take",
  state: "done",
  total: 2,
  done: 2,
  changed: 1,
  skipped: 1,
  failed: 0,
  has_file: false,
  problem: "",
  created_at: "2026-11-25T10:00:00Z",
  finished_at: "2026-11-25T10:00:02Z",
};
const TOTALS = { whole: { count: 2, total_tiyn: 300_000_000 }, by_status: {}, by_term: {} };

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
    http.get(`${API}/cases/views/`, () => HttpResponse.json(HEAD)),
    http.post(`${API}/cases/totals/`, () => HttpResponse.json(TOTALS)),
    http.get(`${API}/cases/choices/`, () =>
      HttpResponse.json({
        track_kinds: [],
        track_states: [],
        queues: [],
        tags: [],
        outcomes: [],
        decline_reasons: [],
      }),
    ),
    http.get(`${API}/cases/counts/`, () => HttpResponse.json(COUNTS)),
    http.get(`${API}/staff/managers/`, () =>
      HttpResponse.json({ items: [{ id: MANAGER_ID, full_name: "Ахметова Динара Сериковна" }] }),
    ),
    http.get(`${API}/cases/${CASE_ID}/`, () => HttpResponse.json(madeCase())),
  );
});

const shown = () => screen.findByRole("link", { name: /KH-2026-000064/ });

test("a number beyond what is counted says that there are more", async () => {
  server.use(
    http.get(`${API}/cases/counts/`, () =>
      HttpResponse.json({ ...COUNTS, by_status: { triage: 1000, active: 2 }, mine: 999 }),
    ),
  );
  renderScreen(<CaseList userId={MANAGER_ID} today={TODAY} abilities={["case.export"]} />);
  expect(await screen.findByRole("button", { name: /^Мои\s*999$/ })).toBeInTheDocument();
  expect(screen.getByRole("button", { name: /^Все\s*999\+$/ })).toBeInTheDocument();
});

test("a view narrows the list, stays in the address and says how many stand behind it", async () => {
  renderScreen(<CaseList userId={MANAGER_ID} today={TODAY} abilities={["case.export"]} />);
  await shown();
  await userEvent.click(await screen.findByRole("button", { name: /^Мои\s*2$/ }));
  await vi.waitFor(() => expect(asked.at(-1)?.get("assignee")).toBe("me"));
  expect(asked.at(-1)?.getAll("status")).toContain("awaiting_borrower");
  expect(window.location.search).toBe("?status=open&assignee=me&sort=next_deadline");
});

test("a filter chip asks the server and can be taken off", async () => {
  renderScreen(<CaseList userId={MANAGER_ID} today={TODAY} abilities={["case.export"]} />);
  await shown();
  await userEvent.click(screen.getByRole("button", { name: "Срочность" }));
  await userEvent.click(screen.getByLabelText("Очень срочно"));
  await vi.waitFor(() => expect(asked.at(-1)?.getAll("urgency")).toEqual(["1"]));
  expect(window.location.search).toBe("?urgency=1");
  await userEvent.click(screen.getByRole("button", { name: "Убрать фильтр «Срочность»" }));
  await vi.waitFor(() => expect(asked.at(-1)?.has("urgency")).toBe(false));
});

test("words to search for travel in a body and never in the address", async () => {
  renderScreen(<CaseList userId={MANAGER_ID} today={TODAY} abilities={["case.export"]} />);
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
  renderScreen(<CaseList userId={MANAGER_ID} today={TODAY} abilities={["case.export"]} />);
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
  renderScreen(<CaseList userId={MANAGER_ID} today={TODAY} abilities={["case.export"]} />);
  const first = await shown();
  await userEvent.keyboard("/");
  const field = screen.getByRole("searchbox", { name: "Найти дело" });
  expect(field).toHaveFocus();
  await userEvent.type(field, "j");
  expect(first).not.toHaveFocus();
});

test("a refusal and a lost line are told apart", async () => {
  server.use(http.get(`${API}/cases/`, () => problem(403, "forbidden")));
  renderScreen(<CaseList userId={MANAGER_ID} today={TODAY} abilities={["case.export"]} />);
  expect(await screen.findByText("Это действие вам недоступно")).toBeVisible();
});

test("saved views stand among the others in the order of the person, and bring their filters", async () => {
  renderScreen(<CaseList userId={MANAGER_ID} today={TODAY} abilities={["case.export"]} />);
  await shown();
  await userEvent.click(await screen.findByRole("button", { name: "Крупные" }));
  await vi.waitFor(() => expect(asked.at(-1)?.get("amount_from")).toBe("50000000"));
  expect(asked.at(-1)?.get("sort")).toBe("-amount");
  const views = within(screen.getByRole("navigation", { name: "Готовые списки" })).getAllByRole("button");
  expect(views[0]).toHaveTextContent("Сроки сегодня и просроченные");
});

test("x chooses by keys in any layout, and the change is looked at before it is made", async () => {
  const looked: unknown[] = [];
  const started: unknown[] = [];
  server.use(
    http.post(`${API}/cases/bulk/preview/`, async ({ request }) => {
      looked.push(await request.json());
      return HttpResponse.json({
        total: 2,
        will_change: 1,
        reasons: [{ code: "case.already_so", text: "Уже так.", count: 1 }],
        rows: ROWS.map((row, index) => ({
          case_id: row.id,
          number: row.number,
          borrower_name: row.borrower_name,
          will_change: index === 0,
          reason: index === 0 ? "" : "Уже так.",
        })),
      });
    }),
    http.post(`${API}/cases/bulk/`, async ({ request }) => {
      started.push(await request.json());
      return HttpResponse.json({ ...JOB, state: "queued", changed: 0, done: 0 }, { status: 201 });
    }),
    http.get(`${API}/cases/jobs/:job/`, () => HttpResponse.json(JOB)),
  );
  renderScreen(<CaseList userId={MANAGER_ID} today={TODAY} abilities={["case.export"]} />);
  await shown();
  // ч and о are x and j of the Russian layout.
  await userEvent.keyboard("j[KeyX]j[KeyX]");
  const bar = await screen.findByRole("region", { name: "Действия с выбранными делами" });
  expect(within(bar).getByText("Выбрано 2 дела")).toBeVisible();
  await userEvent.click(within(bar).getByRole("button", { name: "Взять" }));
  await userEvent.click(await screen.findByRole("button", { name: "Посмотреть, что изменится" }));
  expect(await screen.findByText("Изменится 1 из 2")).toBeVisible();
  expect(started).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Изменить 1 дело" }));
  expect(await screen.findByText("2 из 2")).toBeVisible();
  expect(started).toEqual(looked);
  expect(looked).toEqual([{ action: "take", params: {}, selection: { ids: [CASE_ID, OTHER_ID] } }]);
});
