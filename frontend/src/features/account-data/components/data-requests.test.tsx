import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import type { DataPreview, DataRequest } from "../types";
import { DataRequestsScreen } from "./data-requests";

const REQUESTS = `${API}/me/data-requests/`;

const section = (label: string, counts: Partial<DataPreview["sections"][number]>) => ({
  code: label,
  label,
  given: 0,
  erased: 0,
  masked: 0,
  kept: 0,
  ground: null,
  ground_needs_lawyer_review: false,
  ...counts,
});

const request = (extra: Partial<DataRequest> = {}): DataRequest => ({
  id: "7c0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01",
  kind: "export",
  kind_label: "Копия моих данных",
  status: "running",
  status_label: "Выполняется",
  created_at: "2026-11-25T05:00:00Z",
  done_at: null,
  preview: { sections: [section("Профиль", { given: 1 })], blockers: [] },
  progress_percent: 40,
  note: "",
  file_expires_at: null,
  allowed_actions: [],
  ...extra,
});

let items: DataRequest[];
let erasure: DataPreview;

beforeEach(() => {
  items = [];
  erasure = {
    sections: [
      section("Профиль", { erased: 3 }),
      section("Письма кредиторам", {
        kept: 2,
        ground: "Закон об архивах, 5 лет",
        ground_needs_lawyer_review: true,
      }),
    ],
    blockers: [],
  };
  server.use(
    http.get(REQUESTS, () => HttpResponse.json({ items })),
    http.get(`${REQUESTS}preview/`, ({ request: asked }) =>
      HttpResponse.json(
        new URL(asked.url).searchParams.get("kind") === "erasure"
          ? erasure
          : { sections: [section("Профиль", { given: 12 })], blockers: [] },
      ),
    ),
  );
});

test("erasure is asked for only after its table, with the ground of what stays, and once more", async () => {
  const asked = vi.fn();
  server.use(
    http.post(REQUESTS, async ({ request: sent }) => {
      asked(await sent.json());
      items = [request({ kind: "erasure", kind_label: "Удаление", status: "requested" })];
      return HttpResponse.json(items[0], { status: 201 });
    }),
  );
  renderScreen(<DataRequestsScreen />);
  await userEvent.click(await screen.findByRole("button", { name: "Посмотреть, что будет удалено" }));
  const table = await screen.findByRole("table");
  const row = within(table).getByRole("row", { name: /Письма кредиторам/ });
  expect(within(row).getByText(/Почему храним: Закон об архивах, 5 лет/)).toBeVisible();
  expect(within(row).getByText("Требует проверки юристом")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Запросить удаление" }));
  expect(asked).not.toHaveBeenCalled();
  const dialog = screen.getByRole("dialog");
  expect(within(dialog).getByText(/Вернуть их будет нельзя/)).toBeVisible();
  await userEvent.click(within(dialog).getByRole("button", { name: "Запросить удаление" }));
  expect(await screen.findByText("Запрос на удаление принят")).toBeVisible();
  expect(asked).toHaveBeenCalledWith({ kind: "erasure" });
  expect(screen.getByText("Запрос на удаление уже рассматривается.")).toBeVisible();
});

test("what forbids erasure is said instead of a button", async () => {
  erasure = { ...erasure, blockers: [{ code: "open_case", text: "Сначала закройте дело." }] };
  renderScreen(<DataRequestsScreen />);
  await userEvent.click(await screen.findByRole("button", { name: "Посмотреть, что будет удалено" }));
  expect(await screen.findByText("Сначала закройте дело.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Запросить удаление" })).not.toBeInTheDocument();
});

test("a copy under way shows how far it is and is not asked for twice", async () => {
  items = [request()];
  renderScreen(<DataRequestsScreen />);
  expect(await screen.findByRole("progressbar")).toHaveAttribute("aria-valuenow", "40");
  await userEvent.click(screen.getByRole("button", { name: "Посмотреть, что войдёт в копию" }));
  expect(await screen.findByText("12")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Подготовить копию" })).not.toBeInTheDocument();
});

test("a copy that is ready comes as a file; a refusal to prove oneself is said", async () => {
  items = [
    request({
      status: "done",
      status_label: "Готово",
      progress_percent: 100,
      done_at: "2026-11-25T05:02:00Z",
      file_expires_at: "2026-12-02T05:02:00Z",
      allowed_actions: ["download"],
    }),
  ];
  const made = vi.fn(() => "blob:copy");
  URL.createObjectURL = made;
  server.use(
    http.get(`${REQUESTS}:id/file/`, () =>
      problem(403, "auth.proof_required", { detail: "Подтвердите, что это вы." }),
    ),
  );
  renderScreen(<DataRequestsScreen />);
  const button = await screen.findByRole("button", { name: "Скачать архив" });
  await userEvent.click(button);
  expect(await screen.findByText("Подтвердите, что это вы.")).toBeVisible();
  server.use(http.get(`${REQUESTS}:id/file/`, () => new HttpResponse("zip")));
  await userEvent.click(button);
  await vi.waitFor(() => expect(made).toHaveBeenCalledTimes(1));
});

test("a request that waits can be taken back", async () => {
  items = [request({ kind: "erasure", status: "requested", allowed_actions: ["cancel"] })];
  const cancelled = vi.fn();
  server.use(
    http.post(`${REQUESTS}:id/cancel/`, () => {
      cancelled();
      items = [request({ kind: "erasure", status: "cancelled", status_label: "Отозван" })];
      return HttpResponse.json(items[0]);
    }),
  );
  renderScreen(<DataRequestsScreen />);
  await userEvent.click(await screen.findByRole("button", { name: "Отозвать запрос" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Отозвать запрос" }));
  expect(await screen.findByText("Прошлые запросы")).toBeVisible();
  expect(screen.getByText("Отозван")).toBeVisible();
  expect(cancelled).toHaveBeenCalledTimes(1);
});
