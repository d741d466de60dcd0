import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import { SecurityLog } from "./security-log";

const PERSON = "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01";
const asked: URLSearchParams[] = [];

beforeEach(() => {
  asked.length = 0;
  window.history.replaceState(null, "", "/ru/staff/security-log");
  server.use(
    http.get(`${API}/security-log/types/`, () =>
      HttpResponse.json({ items: [{ code: "person.signed_in", label: "Вход" }] }),
    ),
    http.get(`${API}/security-log/`, ({ request }) => {
      asked.push(new URL(request.url).searchParams);
      return HttpResponse.json({
        items: [
          {
            id: "1",
            at: "2026-11-24T09:00:00Z",
            type: "person.role_granted",
            title: "Роль дана",
            actor_label: "Ермек Асқар",
            subject_label: "Оспанова Дана",
            details: ["Менеджер"],
          },
        ],
        next_cursor: null,
      });
    }),
  );
});

test("an entry says who did what to whom and when", async () => {
  renderScreen(<SecurityLog />);
  expect(await screen.findByText("Роль дана")).toBeVisible();
  for (const text of ["Менеджер", "Ермек Асқар", "Оспанова Дана", /24.ноября.2026.г\., 14:00/]) {
    expect(screen.getByText(text)).toBeVisible();
  }
});

test("days and kinds go into the address and to the server; a day that does not exist goes nowhere", async () => {
  renderScreen(<SecurityLog />);
  await screen.findByRole("option", { name: "Вход" });
  await userEvent.selectOptions(screen.getByLabelText("Что произошло"), "person.signed_in");
  await userEvent.type(screen.getByLabelText("С какого дня"), "31112026");
  expect(screen.getByText("Такого дня нет")).toBeVisible();
  expect(window.location.search).toBe("?type=person.signed_in");
  await userEvent.clear(screen.getByLabelText("С какого дня"));
  await userEvent.type(screen.getByLabelText("С какого дня"), "20112026");
  await vi.waitFor(() => expect(asked.at(-1)?.get("since")).toBe("2026-11-20T00:00:00+05:00"));
  expect(window.location.search).toBe("?type=person.signed_in&since=2026-11-20");
});

test("a log about one person says so and opens to all", async () => {
  window.history.replaceState(null, "", `/ru/staff/security-log?person=${PERSON}`);
  renderScreen(<SecurityLog />);
  expect(await screen.findByText("Только записи об одном человеке")).toBeVisible();
  expect(asked[0]?.get("person_id")).toBe(PERSON);
  await userEvent.click(screen.getByRole("button", { name: "Показать все" }));
  await vi.waitFor(() => expect(asked.at(-1)?.get("person_id")).toBeNull());
});

test("whoever may not see it is told so", async () => {
  server.use(http.get(`${API}/security-log/`, () => problem(403, "forbidden")));
  renderScreen(<SecurityLog />);
  expect(await screen.findByText("Это действие вам недоступно")).toBeVisible();
});
