import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import type { BlockedFile } from "../queries";
import { BlockedFiles } from "./blocked-files";

const FILE = "7b0a6f1e-0000-4000-8000-0000000000f1";
const CASE = "7b0a6f1e-0000-4000-8000-0000000000c1";

const file = (extra: Partial<BlockedFile> = {}): BlockedFile => ({
  id: FILE,
  owner_kind: "missing_paper",
  owner_id: CASE,
  mime: "application/pdf",
  size: 20_000,
  state: "unscannable",
  signature: "",
  checked_at: "2026-11-25T05:01:00Z",
  created_at: "2026-11-25T05:00:00Z",
  allowed_actions: ["release", "scan_again"],
  ...extra,
});

let items: BlockedFile[] = [];

beforeEach(() => {
  items = [file()];
  server.use(http.get(`${API}/staff/files/blocked/`, () => HttpResponse.json({ items, next_cursor: null })));
});

test("a file is opened unchecked only with a reason", async () => {
  const released = vi.fn();
  server.use(
    http.post(`${API}/staff/files/${FILE}/release/`, async ({ request }) => {
      released(await request.json());
      items = [];
      return HttpResponse.json(file({ state: "released", allowed_actions: [] }));
    }),
  );
  renderScreen(<BlockedFiles />);
  expect(await screen.findByText("Защищён паролем или устроен слишком сложно.")).toBeVisible();
  expect(screen.getByRole("link", { name: "Открыть дело" })).toHaveAttribute(
    "href",
    `/ru/staff/cases/${CASE}`,
  );
  await userEvent.click(screen.getByRole("button", { name: /Открыть без проверки/ }));
  const dialog = within(screen.getByRole("dialog"));
  await userEvent.click(dialog.getByRole("button", { name: "Открыть файл" }));
  expect(released).not.toHaveBeenCalled();
  await userEvent.type(dialog.getByRole("textbox"), "Справка банка с паролем");
  await userEvent.click(dialog.getByRole("button", { name: "Открыть файл" }));
  expect(await screen.findByText("Закрытых файлов нет")).toBeVisible();
  expect(released).toHaveBeenCalledWith({ reason: "Справка банка с паролем" });
});

test("a file is checked again; a refusal is told", async () => {
  const asked = vi.fn();
  server.use(
    http.post(`${API}/staff/files/${FILE}/scan-again/`, () => {
      asked();
      return problem(409, "files.not_ready", { detail: "Файл ещё проверяется." });
    }),
  );
  renderScreen(<BlockedFiles />);
  await userEvent.click(await screen.findByRole("button", { name: /Проверить ещё раз/ }));
  expect(await screen.findByText("Файл ещё проверяется.")).toBeVisible();
  expect(asked).toHaveBeenCalledTimes(1);
});

test("an infected file offers nothing and names what was found", async () => {
  items = [
    file({ state: "infected", signature: "Eicar-Test-Signature", allowed_actions: [], owner_kind: "person" }),
  ];
  renderScreen(<BlockedFiles />);
  expect(await screen.findByText("Проверка назвала: Eicar-Test-Signature")).toBeVisible();
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
  expect(screen.queryByRole("link", { name: "Открыть дело" })).not.toBeInTheDocument();
});
