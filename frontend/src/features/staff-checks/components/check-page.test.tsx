import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import type { SpecialistEntry } from "../types";
import { CheckPage } from "./check-page";

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

test("a picture of the proof is shown, and a refusal is told", async () => {
  URL.createObjectURL = vi.fn(() => "blob:proof");
  URL.revokeObjectURL = vi.fn();
  server.use(
    http.get(`${API}/specialists/${ID}/proof/`, () =>
      HttpResponse.arrayBuffer(new ArrayBuffer(4), { headers: { "Content-Type": "image/png" } }),
    ),
  );
  renderScreen(<CheckPage abilities={BOTH} />);
  await userEvent.click(await screen.findByRole("button", { name: "Посмотреть документ" }));
  expect(await screen.findByRole("img", { name: "Документ: Оспанова Дана" })).toHaveAttribute(
    "src",
    "blob:proof",
  );
  await userEvent.keyboard("{Escape}");
  server.use(
    http.get(`${API}/specialists/${ID}/proof/`, () =>
      problem(409, "file.not_ready", { detail: "Файл ещё проверяется." }),
    ),
  );
  await userEvent.click(screen.getByRole("button", { name: "Посмотреть документ" }));
  expect(await screen.findByText("Файл ещё проверяется.")).toBeVisible();
});

test("only the queues that one may check are there", async () => {
  renderScreen(<CheckPage abilities={["power.check"]} />);
  expect(await screen.findByText("Проверять нечего")).toBeVisible();
  expect(screen.queryByText("Специалисты")).not.toBeInTheDocument();
});
