import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import type { AccountRow } from "../types";
import { DuplicateList } from "./duplicate-list";

const CLAIM = "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01";

const account = (id: string, full_name: string): AccountRow => ({
  id,
  full_name,
  email: null,
  masked_phone: "+7 ••• ••• 18 41",
  roles: [{ code: "borrower", label: "Заёмщик" }],
  custom_roles: [],
  organisations: [],
  status: "active",
  has_second_factor: false,
  last_seen_at: null,
  created_at: "2026-10-01T09:00:00Z",
});

let isOpen: boolean;

beforeEach(() => {
  document.cookie = "csrftoken=x";
  isOpen = true;
  window.history.replaceState(null, "", `/ru/staff/people/duplicates?claim=${CLAIM}`);
  const claim = {
    id: CLAIM,
    holder: account("holder", "Сейтқали Айгүл"),
    claimant: account("claimant", "Сейткали Айгуль"),
    created_at: "2026-11-20T09:00:00Z",
  };
  server.use(
    http.get(`${API}/people/duplicates/`, () =>
      HttpResponse.json({ items: isOpen ? [claim] : [], next_cursor: null }),
    ),
    http.get(`${API}/people/duplicates/${CLAIM}/preview/`, ({ request }) => {
      const keep = new URL(request.url).searchParams.get("keep");
      return HttpResponse.json({
        sections: [{ code: "cases", label: "Дела", count: keep === "holder" ? 2 : 5 }],
        warnings: keep === "holder" ? [] : ["У закрываемой записи подтверждён другой телефон."],
      });
    }),
  );
});

test("the preview follows the choice, with its warnings", async () => {
  renderScreen(<DuplicateList />);
  expect(await screen.findByText("Что перейдёт")).toBeVisible();
  expect(screen.getByText("2")).toBeVisible();
  await userEvent.click(screen.getByRole("radio", { name: /Сейткали Айгуль/ }));
  expect(await screen.findByText("5")).toBeVisible();
  expect(screen.getByText("У закрываемой записи подтверждён другой телефон.")).toBeVisible();
});

test("merging names the account that stays, needs a reason and closes the pair", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post(`${API}/people/duplicates/${CLAIM}/merge/`, async ({ request }) => {
      sent.push(await request.json());
      isOpen = false;
      return HttpResponse.json({});
    }),
  );
  renderScreen(<DuplicateList />);
  await userEvent.click(await screen.findByRole("radio", { name: /Сейткали Айгуль/ }));
  await userEvent.click(screen.getByRole("button", { name: "Объединить записи" }));
  const dialog = screen.getByRole("dialog");
  expect(within(dialog).getByText(/Останется «Сейткали Айгуль»/)).toBeVisible();
  await userEvent.click(within(dialog).getByRole("button", { name: "Объединить" }));
  expect(sent).toHaveLength(0);
  await userEvent.type(within(dialog).getByRole("textbox"), "сверили удостоверение");
  await userEvent.click(within(dialog).getByRole("button", { name: "Объединить" }));
  await vi.waitFor(() => expect(sent).toEqual([{ keep: "claimant", reason: "сверили удостоверение" }]));
  expect(await screen.findByText("Двойников нет")).toBeVisible();
  expect(window.location.search).toBe("");
});

test("a merge that the server refuses keeps the window and the words", async () => {
  server.use(
    http.post(`${API}/people/duplicates/${CLAIM}/merge/`, () =>
      problem(409, "accounts.merge_refused", { detail: "Эти записи нельзя объединить." }),
    ),
  );
  renderScreen(<DuplicateList />);
  await userEvent.click(await screen.findByRole("button", { name: "Объединить записи" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.type(within(dialog).getByRole("textbox"), "сверили удостоверение");
  await userEvent.click(within(dialog).getByRole("button", { name: "Объединить" }));
  expect(await within(dialog).findByText("Эти записи нельзя объединить.")).toBeVisible();
  expect(within(dialog).getByRole("textbox")).toHaveValue("сверили удостоверение");
});
