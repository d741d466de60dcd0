import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import type { DocumentRow } from "@/api/types";
import { renderScreen } from "@/testing/render";
import { API, server } from "@/testing/server";

import { DocumentList } from "./document-list";

const CASE_ID = "11111111-1111-4111-8111-111111111111";
const DEBT = { id: "33333333-3333-4333-8333-333333333333", label: "Айқын Қаржы, K-1" };

const row = (id: string, extra: Partial<DocumentRow>): DocumentRow => ({
  id,
  code: "RESTRUCT_MFO",
  title: "Заявление",
  language: "ru",
  status: "ready_to_sign",
  number: "1",
  obligation_id: DEBT.id,
  track_id: null,
  translation_of: null,
  pages: 1,
  created_at: "2026-11-25T10:00:00+05:00",
  signed_at: null,
  needs_signature: true,
  signature: ["S", "E"],
  allowed_actions: [],
  summary: "",
  verify_url: null,
  dispatch: null,
  queue_ahead: null,
  replaces: null,
  replaced_by: null,
  ...extra,
});

const open = (...items: DocumentRow[]) => {
  server.use(http.get(`${API}/cases/${CASE_ID}/documents/`, () => HttpResponse.json({ items })));
  renderScreen(<DocumentList caseId={CASE_ID} debts={[DEBT]} />);
};

test("documents about the whole case stand under their own heading, those of debts name the lender", async () => {
  open(row("a", {}), row("b", { title: "Опись имущества", obligation_id: null }));
  const whole = await screen.findByRole("heading", { name: "По делу в целом" });
  const list = within(screen.getAllByRole("list").at(-1) ?? document.body);
  expect(whole.compareDocumentPosition(screen.getByText("Опись имущества"))).toBe(
    Node.DOCUMENT_POSITION_FOLLOWING,
  );
  expect(list.queryByText("Айқын Қаржы, K-1")).not.toBeInTheDocument();
  expect(screen.getByText("Айқын Қаржы, K-1")).toBeVisible();
});

test("a document that needs no signature is ready, another waits for one", async () => {
  open(row("a", { title: "Данные", signature: [] }), row("b", {}));
  expect(await screen.findByText("Готов")).toBeVisible();
  expect(screen.getByText("Ждёт подписи")).toBeVisible();
  expect(screen.queryByRole("heading", { name: "По делу в целом" })).not.toBeInTheDocument();
});

test("a document that is being prepared says how many are before it", async () => {
  open(row("a", { status: "preparing", queue_ahead: 3 }));
  expect(await screen.findByText("Готовится, перед вами 3 документа.")).toBeVisible();
});
