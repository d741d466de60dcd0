import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import type { OwnHost } from "../queries";
import { HostPage } from "./own-page";

const host: OwnHost = {
  id: "00000000-0000-4000-8000-000000000001",
  kind: "platform",
  about: "",
  languages: ["ru"],
  city: "",
  online: true,
  works_since: null,
  listed: true,
  minutes: 45,
  break_minutes: 15,
  fee_tiyn: 0,
  office: "",
  link: "",
  rules: [{ weekday: 1, starts: "10:00", ends: "13:00", valid_from: "2026-01-01", valid_until: null }],
  absences: [
    {
      id: "00000000-0000-4000-8000-000000000002",
      starts_at: "2026-12-03T19:00:00Z",
      ends_at: "2026-12-05T19:00:00Z",
      booked: 2,
    },
  ],
  free_slots: [{ starts_at: "2026-12-01T05:00:00Z", ends_at: "2026-12-01T05:45:00Z" }],
  kinds: ["platform"],
};

let sent: { method: string; path: string; body: unknown }[];

beforeEach(() => {
  document.cookie = "csrftoken=x";
  sent = [];
  const keep = async ({ request }: { request: Request }) => {
    const text = await request.text();
    const body: unknown = text ? JSON.parse(text) : null;
    sent.push({ method: request.method, path: new URL(request.url).pathname, body });
    return request.method === "DELETE" ? new HttpResponse(null, { status: 204 }) : HttpResponse.json(host);
  };
  server.use(
    http.get(`${API}/desk/pages/platform/`, () => HttpResponse.json(host)),
    http.put(`${API}/desk/pages/platform/hours/`, keep),
    http.post(`${API}/desk/pages/platform/absences/`, keep),
    http.delete(`${API}/desk/pages/platform/absences/:id/`, keep),
  );
});

test("absences say what is booked in them, and free times are shown on the Almaty clock", async () => {
  renderScreen(<HostPage kind="platform" />);
  expect(await screen.findByText(/4.декабря.2026 г\. – 5.декабря.2026 г\./)).toBeVisible();
  expect(screen.getByText(/Записаны 2 консультации/)).toBeVisible();
  expect(screen.getByText("10:00")).toBeVisible();
});

test("hours are added to a day of the week", async () => {
  renderScreen(<HostPage kind="platform" />);
  await userEvent.click(await screen.findByRole("button", { name: "Добавить часы: Среда" }));
  await userEvent.click(screen.getByRole("button", { name: "Сохранить часы" }));
  expect(await screen.findByText("Часы сохранены")).toBeVisible();
  expect(sent[0]?.body).toMatchObject({ rules: [{ weekday: 1 }, { weekday: 2, starts: "10:00" }] });
});

test("a wrong hour is marked at its line", async () => {
  server.use(
    http.put(`${API}/desk/pages/platform/hours/`, () =>
      problem(400, "validation", {
        errors: [{ pointer: "/rules/0/ends", code: "before_start", detail: "Конец раньше начала." }],
      }),
    ),
  );
  renderScreen(<HostPage kind="platform" />);
  await userEvent.click(await screen.findByRole("button", { name: "Сохранить часы" }));
  expect(await screen.findByText("Конец раньше начала.")).toBeVisible();
  expect(screen.getByLabelText("Вторник: До")).toHaveAttribute("aria-invalid", "true");
});

test("one day away is a whole day in Almaty", async () => {
  renderScreen(<HostPage kind="platform" />);
  await userEvent.click(await screen.findByRole("button", { name: "Указать отсутствие" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Сохранить отсутствие" }));
  expect(within(dialog).getAllByText("Укажите дату и время").length).toBeGreaterThan(0);
  await userEvent.type(within(dialog).getByLabelText("С"), "10122026");
  await userEvent.click(within(dialog).getByRole("button", { name: "Сохранить отсутствие" }));
  expect(await screen.findByText("Отсутствие сохранено")).toBeVisible();
  expect(sent[0]?.body).toEqual({
    starts_at: "2026-12-10T00:00:00+05:00",
    ends_at: "2026-12-11T00:00:00+05:00",
  });
});

test("an absence is taken back", async () => {
  renderScreen(<HostPage kind="platform" />);
  await userEvent.click(await screen.findByRole("button", { name: /Убрать отсутствие/ }));
  expect(await screen.findByText("Отсутствие убрано")).toBeVisible();
  expect(sent[0]).toMatchObject({ method: "DELETE" });
});

test("the page has no faults of accessibility", async () => {
  const { container } = renderScreen(<HostPage kind="platform" />);
  await screen.findByText(/Записаны 2/);
  const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
});
