import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, expect, test, vi } from "vitest";

import type { MySignature } from "@/api/signing";
import { line, stubLine } from "@/testing/line";
import { renderScreen } from "@/testing/render";
import { API, borrowerSession, problem, server, sessionUser } from "@/testing/server";

import { DOCUMENT } from "../testing/round";
import { MySignatures } from "./my-signatures";

const item = (extra: Partial<MySignature> = {}): MySignature => ({
  id: "m1",
  role: "signer",
  status: "pending",
  is_turn: true,
  created_at: "2026-11-25T09:00:00Z",
  expires_at: "2026-12-02T09:00:00Z",
  document: { id: DOCUMENT, number: "KH-2026-000123-01", title: "Соглашение", sha256: "ab".repeat(32) },
  case_id: "c1",
  principal: null,
  asked_by: { id: "p3", name: "Динара Ахметова" },
  ...extra,
});

const serve = (...items: MySignature[]) => {
  const asked: string[] = [];
  server.use(
    http.get(`${API}/signature-requests/`, ({ request }) => {
      asked.push(new URL(request.url).searchParams.get("state") ?? "");
      return HttpResponse.json({ items, next_cursor: null });
    }),
  );
  return asked;
};

afterEach(() => vi.unstubAllGlobals());

test("names the document, who asked and till when, and leads to reading", async () => {
  const asked = serve(item(), item({ id: "m2", role: "approver", is_turn: false }));
  renderScreen(<MySignatures />);
  expect(await screen.findByRole("heading", { name: "Ждут моей подписи" })).toBeVisible();
  expect(screen.getAllByText(/^№ KH-2026-000123-01$/)).toHaveLength(2);
  expect(screen.getAllByText("От кого: Динара Ахметова")).toHaveLength(2);
  expect(screen.getByRole("link", { name: "Прочитать и подписать" })).toHaveAttribute(
    "href",
    `/ru/sign/${DOCUMENT}`,
  );
  expect(screen.getByText("Пока не ваша очередь.")).toBeVisible();
  expect(asked).toEqual(["waiting"]);
});

test("beside other things it is silent about what the person began himself", async () => {
  const asked = serve(item({ asked_by: null }));
  renderScreen(<MySignatures />);
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(screen.queryByText("Соглашение")).toBeNull();
});

test("on a page of its own nothing to sign is said, and a failure can be tried again", async () => {
  serve();
  const { unmount } = renderScreen(<MySignatures isPage />);
  expect(await screen.findByRole("heading", { name: "Подписывать нечего" })).toBeVisible();
  expect(screen.getByRole("link", { name: "Перейти к делам" })).toHaveAttribute("href", "/ru/staff/cases");
  unmount();
  server.use(http.get(`${API}/signature-requests/`, () => problem(500, "server_error")));
  renderScreen(<MySignatures isPage />);
  expect(await screen.findByRole("button", { name: "Попробовать ещё раз" })).toBeVisible();
});

test("a turn that comes while the page is open is shown by itself", async () => {
  stubLine();
  server.use(http.get(`${API}/session/`, () => HttpResponse.json(borrowerSession())));
  serve(item({ is_turn: false }));
  renderScreen(<MySignatures />);
  expect(await screen.findByText("Пока не ваша очередь.")).toBeVisible();
  serve(item());
  await waitFor(() => line());
  line().opens();
  line().says({ type: "signature.changed", id: "m1", channel: `user:${sessionUser().id}` });
  expect(await screen.findByRole("link", { name: "Прочитать и подписать" })).toBeVisible();
  expect(screen.queryByText("Пока не ваша очередь.")).toBeNull();
});
