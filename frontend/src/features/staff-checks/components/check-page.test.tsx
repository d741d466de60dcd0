import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import type { SpecialistEntry } from "../types";
import { CheckPage } from "./check-page";

const FILE = "7b0a6f1e-0000-4000-8000-0000000000f1";
const ID = "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01";
const BOTH = ["specialist.check", "power.check"];

const entry = (version = 1): SpecialistEntry => ({
  id: ID,
  kind: "lawyer",
  kind_label: "Юрист",
  register_name: "Палата юридических консультантов",
  register_number: "123",
  issued_on: "2020-01-15",
  valid_until: null,
  specialisations: [],
  specialisation_labels: [],
  region: "Алматы",
  has_proof: true,
  proof_file_id: FILE,
  status: "submitted",
  status_label: "Ждёт проверки",
  submitted_at: "2026-11-20T09:00:00Z",
  check_note: "",
  version,
  allowed_actions: ["approve", "reject"],
  person: { id: "p1", full_name: "Оспанова Дана" },
});

let version: number;
const asked: string[] = [];

beforeEach(() => {
  document.cookie = "csrftoken=x";
  version = 1;
  asked.length = 0;
  window.history.replaceState(null, "", "/ru/staff/checks");
  server.use(
    http.get(`${API}/specialists/`, ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({ items: [entry(version)], next_cursor: null });
    }),
    http.get(`${API}/powers/`, () => HttpResponse.json({ items: [], next_cursor: null })),
  );
});

test("what waits comes first, other states by the address", async () => {
  renderScreen(<CheckPage abilities={BOTH} />);
  expect(await screen.findByText("Оспанова Дана")).toBeVisible();
  expect(asked[0]).toContain("status=submitted");
  await userEvent.selectOptions(screen.getByLabelText("Состояние"), "все");
  await vi.waitFor(() => expect(asked.at(-1)).not.toContain("status="));
  expect(window.location.search).toBe("?status=any");
});

test("approving goes without words, sending back does not", async () => {
  const sent: unknown[] = [];
  for (const decision of ["approve", "reject"]) {
    server.use(
      http.post(`${API}/specialists/${ID}/${decision}/`, async ({ request }) => {
        sent.push([decision, await request.json()]);
        return HttpResponse.json(entry());
      }),
    );
  }
  renderScreen(<CheckPage abilities={BOTH} />);
  await userEvent.click(await screen.findByRole("button", { name: "Вернуть" }));
  await userEvent.click(screen.getByRole("button", { name: "Вернуть с пояснением" }));
  expect(screen.getByText("Напишите хотя бы несколько слов")).toBeVisible();
  expect(sent).toHaveLength(0);
  await userEvent.keyboard("{Escape}");
  await userEvent.click(screen.getByRole("button", { name: "Подтвердить" }));
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Подтвердить" }));
  await vi.waitFor(() => expect(sent).toEqual([["approve", { note: "", version: 1 }]]));
});

test("an entry that changed meanwhile has to be looked at again", async () => {
  const versions: unknown[] = [];
  server.use(
    http.post(`${API}/specialists/${ID}/approve/`, async ({ request }) => {
      const body = (await request.json()) as { version: number };
      versions.push(body.version);
      if (body.version > 1) return HttpResponse.json(entry(3));
      version = 2;
      return problem(409, "specialist.changed_meanwhile", { detail: "Запись изменили." });
    }),
  );
  renderScreen(<CheckPage abilities={BOTH} />);
  await userEvent.click(await screen.findByRole("button", { name: "Подтвердить" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Подтвердить" }));
  expect(await within(dialog).findByText("Запись изменилась")).toBeVisible();
  await vi.waitFor(async () => {
    await userEvent.click(within(dialog).getByRole("button", { name: "Подтвердить" }));
    expect(versions.at(-1)).toBe(2);
  });
});

test("the proof opens in the page, and one that is locked says why", async () => {
  const file = {
    id: FILE,
    name: "licence.png",
    mime: "image/png",
    size: 4,
    state: "ready",
    pages: [{ page: 1, width: 10, height: 14, url: "/page" }],
    pages_state: "ready",
    text_state: "none",
  };
  server.use(http.get(`${API}/files/${FILE}/`, () => HttpResponse.json(file)));
  renderScreen(<CheckPage abilities={BOTH} />);
  await userEvent.click(await screen.findByRole("button", { name: "Посмотреть документ" }));
  expect(await screen.findByRole("dialog", { name: "Документ: Оспанова Дана" })).toBeVisible();
  expect(await screen.findByRole("button", { name: /Скачать/ })).toBeVisible();
  await userEvent.keyboard("{Escape}");
  cleanup();
  const locked = { ...file, state: "infected", pages: [], pages_state: "none" };
  server.use(http.get(`${API}/files/${FILE}/`, () => HttpResponse.json(locked)));
  renderScreen(<CheckPage abilities={BOTH} />);
  await userEvent.click(await screen.findByRole("button", { name: "Посмотреть документ" }));
  expect(await screen.findByText("В файле найден вирус")).toBeVisible();
  expect(screen.queryByRole("button", { name: /Скачать/ })).not.toBeInTheDocument();
});

test("only the queues that one may check are there", async () => {
  renderScreen(<CheckPage abilities={["power.check"]} />);
  expect(await screen.findByText("Проверять нечего")).toBeVisible();
  expect(screen.queryByText("Специалисты")).not.toBeInTheDocument();
});
