import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import type { DataRequest } from "../types";
import { StartRequestDialog } from "./request-dialogs";
import { RequestList } from "./request-list";

const ID = "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01";

const request = (extra: Partial<DataRequest> = {}): DataRequest => ({
  id: ID,
  kind: "erasure",
  kind_label: "Удаление моих данных",
  status: "requested",
  status_label: "Ждёт решения",
  created_at: "2026-11-20T09:00:00Z",
  done_at: null,
  preview: {
    sections: [
      {
        code: "cases",
        label: "Дела",
        given: 0,
        erased: 4,
        masked: 1,
        kept: 2,
        ground: "Закон велит хранить пять лет.",
        ground_needs_lawyer_review: true,
      },
    ],
    blockers: [],
  },
  progress_percent: 0,
  note: "",
  file_expires_at: null,
  allowed_actions: ["approve", "refuse"],
  person_id: "p1",
  person_name: "Сейтқали Айгүл",
  requested_by_name: "Сейтқали Айгүл",
  decided_by_name: null,
  decided_at: null,
  ...extra,
});

let current: DataRequest;

beforeEach(() => {
  document.cookie = "csrftoken=x";
  current = request();
  window.history.replaceState(null, "", "/ru/staff/data-requests");
  server.use(
    http.get(`${API}/data-requests/`, () => HttpResponse.json({ items: [current], next_cursor: null })),
  );
});

test("what goes and what stays stands with its ground and the lawyer's mark", async () => {
  renderScreen(<RequestList />);
  const row = await screen.findByRole("row", { name: /Дела/ });
  expect(
    within(row)
      .getAllByRole("cell")
      .map((cell) => cell.textContent),
  ).toEqual(["4", "1", "2"]);
  expect(within(row).getByText(/Закон велит хранить пять лет/)).toBeVisible();
  expect(within(row).getByText(/требует проверки юристом/)).toBeVisible();
});

test("refusing needs an explanation, approving does not", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post(`${API}/data-requests/${ID}/approve/`, async ({ request: asked }) => {
      sent.push(await asked.json());
      current = request({ status: "approved", status_label: "Одобрен", allowed_actions: [] });
      return HttpResponse.json(current);
    }),
  );
  renderScreen(<RequestList />);
  await userEvent.click(await screen.findByRole("button", { name: "Отклонить" }));
  await userEvent.click(screen.getByRole("button", { name: "Отклонить запрос" }));
  expect(screen.getByText("Напишите хотя бы несколько слов")).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await userEvent.click(screen.getByRole("button", { name: "Одобрить" }));
  await userEvent.click(screen.getByRole("button", { name: "Одобрить запрос" }));
  await vi.waitFor(() => expect(sent).toEqual([{ note: "" }]));
  expect(await screen.findByText("Одобрен")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Одобрить" })).not.toBeInTheDocument();
});

test("erasing asks once more by name, and what stands in its way is listed in the window", async () => {
  current = request({ status: "approved", status_label: "Одобрен", allowed_actions: ["execute"] });
  server.use(
    http.post(`${API}/data-requests/${ID}/execute/`, () =>
      problem(409, "data_request.blocked", {
        detail: "Сначала нужно кое-что завершить.",
        blockers: [{ code: "case_open", text: "Дело KH-2026-000298 ещё открыто." }],
      }),
    ),
  );
  renderScreen(<RequestList />);
  await userEvent.click(await screen.findByRole("button", { name: "Удалить данные" }));
  const dialog = screen.getByRole("dialog", { name: "Удалить данные: Сейтқали Айгүл" });
  await userEvent.click(within(dialog).getByRole("button", { name: "Удалить безвозвратно" }));
  expect(await within(dialog).findByText("Дело KH-2026-000298 ещё открыто.")).toBeVisible();
});

test("running work shows how far it is", async () => {
  current = request({ status: "running", progress_percent: 40, allowed_actions: [] });
  renderScreen(<RequestList />);
  expect(await screen.findByRole("progressbar", { name: "Выполнено 40 %" })).toBeVisible();
});

test("a request for somebody who asked outside says how", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post(`${API}/data-requests/`, async ({ request: asked }) => {
      sent.push(await asked.json());
      return HttpResponse.json(request(), { status: 201 });
    }),
  );
  const close = vi.fn();
  renderScreen(<StartRequestDialog personId="p1" personName="Сейтқали Айгүл" onClose={close} />);
  await userEvent.click(screen.getByRole("button", { name: "Начать запрос" }));
  expect(screen.getByText("Выберите вариант")).toBeVisible();
  await userEvent.click(screen.getByRole("radio", { name: "Копия данных" }));
  await userEvent.type(screen.getByRole("textbox"), "позвонила 24 ноября");
  await userEvent.click(screen.getByRole("button", { name: "Начать запрос" }));
  await vi.waitFor(() => expect(close).toHaveBeenCalled());
  expect(sent).toEqual([{ kind: "export", person_id: "p1", reason: "позвонила 24 ноября" }]);
});
