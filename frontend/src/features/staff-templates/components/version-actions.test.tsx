import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, server } from "@/testing/server";

import type { Version } from "../types";
import { RemarksPanel } from "./remarks-panel";
import { VersionActions } from "./version-actions";

const version = (extra: Partial<Version> = {}): Version => ({
  id: "00000000-0000-4000-8000-000000000001",
  code: "RATE_CUT",
  language: "ru",
  version: 2,
  state: "proposed",
  state_label: "ждёт утверждения",
  origin: "people",
  author: { id: "00000000-0000-4000-8000-000000000002", full_name: "Жұмабек Айгерім" },
  decided_by: null,
  note: "Проще",
  decision_note: "",
  warnings: 0,
  remarks_open: 1,
  effective_from: null,
  effective_to: null,
  created_at: "2026-11-26T05:00:00Z",
  submitted_at: "2026-11-26T06:00:00Z",
  decided_at: null,
  title: "Заявление о снижении ставки",
  file_name: "a.docx",
  size: 36000,
  sha256: "0".repeat(64),
  revision: 3,
  problems: [],
  remarks: [
    {
      id: "a1",
      source: "text",
      language: "ru",
      text: "Сверить срок ответа",
      checked: false,
      checked_at: null,
    },
  ],
  based_on_id: null,
  in_force_id: null,
  allowed_actions: ["check_remark", "approve", "reject"],
  ...extra,
});

let sent: unknown[];

beforeEach(() => {
  document.cookie = "csrftoken=x";
  sent = [];
  server.use(
    http.post(`${API}/staff/templates/versions/:id/:step/`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(version({ revision: 4 }));
    }),
  );
});

test("who may not approve has no button for it", () => {
  renderScreen(
    <VersionActions version={version({ allowed_actions: ["edit", "withdraw"] })} today="2026-11-26" />,
  );
  expect(screen.queryByRole("button", { name: "Утвердить редакцию" })).toBeNull();
  expect(screen.getByRole("button", { name: "Заменить файл" })).toBeVisible();
});

test("an edition is approved from a day, with the revision that was seen", async () => {
  renderScreen(<VersionActions version={version()} today="2026-11-26" />);
  await userEvent.click(screen.getByRole("button", { name: "Утвердить редакцию" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.type(within(dialog).getByLabelText(/Действует с/), "01.12.2026");
  await userEvent.click(within(dialog).getByRole("button", { name: "Утвердить редакцию" }));
  expect(await screen.findByText("Редакция утверждена")).toBeVisible();
  expect(sent).toEqual([{ revision: 3, note: "", effective_from: "2026-12-01" }]);
});

test("the approver ticks a remark; others only read it", async () => {
  const { unmount } = renderScreen(<RemarksPanel version={version()} />);
  await userEvent.click(screen.getByRole("checkbox", { name: "Сверить срок ответа" }));
  expect(sent).toEqual([{ revision: 3, remark: "a1", checked: true }]);
  unmount();
  renderScreen(<RemarksPanel version={version({ allowed_actions: [] })} />);
  expect(screen.queryByRole("checkbox")).toBeNull();
  expect(screen.getByText("Не просмотрено")).toBeVisible();
});
