import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import type { DataRead } from "../types";
import { ReadsScreen } from "./reads";

const CASE_ID = "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01";

const read = (id: string, reader: string): DataRead => ({
  id,
  at: "2026-11-24T19:30:00Z",
  kind: "reveal",
  kind_label: "Открыты закрытые поля",
  reader_label: reader,
  fields: ["ИИН", "Телефон"],
  case_id: CASE_ID,
  case_number: "KH-2026-000017",
  reason: "Сверка с удостоверением",
});

test("each look says who, when in Almaty, what and why, and more comes by pages", async () => {
  server.use(
    http.get(`${API}/me/reads/`, ({ request }) =>
      HttpResponse.json(
        new URL(request.url).searchParams.get("cursor") === "next"
          ? { items: [read("2", "Руководитель")], next_cursor: null }
          : { items: [read("1", "Менеджер")], next_cursor: "next" },
      ),
    ),
  );
  renderScreen(<ReadsScreen />);
  expect(await screen.findByRole("heading", { name: "Менеджер" })).toBeVisible();
  expect(screen.getByText(/25.ноября.2026.г., 00:30/)).toBeVisible();
  expect(screen.getByText("ИИН")).toBeVisible();
  expect(screen.getByText("Сверка с удостоверением")).toBeVisible();
  expect(screen.getByRole("link", { name: "Дело KH-2026-000017" })).toHaveAttribute(
    "href",
    `/ru/cases/${CASE_ID}`,
  );
  await userEvent.click(screen.getByRole("button", { name: "Показать ещё" }));
  const second = await screen.findByRole("heading", { name: "Руководитель" });
  expect(second.closest("li")).toHaveFocus();
  expect(screen.queryByRole("button", { name: "Показать ещё" })).not.toBeInTheDocument();
});

test("nobody looked: says so", async () => {
  server.use(http.get(`${API}/me/reads/`, () => HttpResponse.json({ items: [], next_cursor: null })));
  renderScreen(<ReadsScreen />);
  expect(await screen.findByText("Ваши данные никто не открывал")).toBeVisible();
});

test("a next page that fails keeps what is shown", async () => {
  server.use(
    http.get(`${API}/me/reads/`, ({ request }) =>
      new URL(request.url).searchParams.has("cursor")
        ? problem(500, "internal")
        : HttpResponse.json({ items: [read("1", "Менеджер")], next_cursor: "next" }),
    ),
  );
  renderScreen(<ReadsScreen />);
  await userEvent.click(await screen.findByRole("button", { name: "Показать ещё" }));
  expect(await screen.findByRole("alert")).toBeVisible();
  expect(screen.getByRole("heading", { name: "Менеджер" })).toBeVisible();
});
