import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { TimelineEntry } from "@/api/types";
import { renderScreen } from "@/testing/render";
import { API, server } from "@/testing/server";

import { Timeline } from "./timeline";

const CASE = "7b0a6f1e-0000-4000-8000-000000000001";

const entry = (extra: Partial<TimelineEntry>): TimelineEntry =>
  ({
    id: "7b0a6f1e-0000-4000-8000-0000000000b1",
    at: "2026-11-20T05:00:00Z",
    kind: "case",
    icon: "send",
    title: "Заявка подана",
    text: "",
    actor_label: "Представитель",
    on_behalf_label: "",
    comment: null,
    ...extra,
  }) as TimelineEntry;

const shows = (one: TimelineEntry) =>
  server.use(
    http.get(`${API}/cases/${CASE}/timeline/`, () => HttpResponse.json({ items: [one], next_cursor: null })),
  );

test("the history says who did a thing and on whose behalf", async () => {
  shows(entry({ on_behalf_label: "от имени заёмщика" }));
  renderScreen(<Timeline caseId={CASE} />);
  expect(await screen.findByText(/Представитель, от имени заёмщика$/)).toBeVisible();
});

test("what somebody does for himself names him alone", async () => {
  shows(entry({ actor_label: "Менеджер" }));
  renderScreen(<Timeline caseId={CASE} />);
  expect(await screen.findByText(/· Менеджер$/)).toBeVisible();
});
