import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import type { DocumentDetail } from "@/api/types";
import { renderScreen } from "@/testing/render";
import { API, server } from "@/testing/server";

import type { PackageDetail } from "../mutations";
import { DocumentView } from "./document-view";

const push = vi.hoisted(() => vi.fn());
vi.mock("@/lib/i18n/navigation", async (original) => ({
  ...(await original<object>()),
  useRouter: () => ({ push }),
}));

const ID = "11111111-1111-4111-8111-111111111111";
const OLD = "22222222-2222-4222-8222-222222222222";

const made: DocumentDetail = {
  id: ID,
  code: "RESTRUCT_BANK",
  title: "Заявление",
  language: "ru",
  status: "ready_to_sign",
  number: "KH-2026-000123-02",
  obligation_id: null,
  track_id: null,
  translation_of: null,
  pages: 0,
  created_at: "2026-11-25T09:00:00Z",
  signed_at: null,
  needs_signature: true,
  signature: ["S", "E"],
  allowed_actions: ["revise", "void", "make_pdfa", "package", "compare"],
  summary: "",
  verify_url: null,
  dispatch: null,
  queue_ahead: null,
  replaces: OLD,
  replaced_by: null,
  replaces_number: "KH-2026-000123-01",
  reason: "Изменился доход",
  void_reason: "",
  archival: { state: "none", ahead: null },
  case_id: "33333333-3333-4333-8333-333333333333",
  case_number: "KH-2026-000123",
  sha256: null,
  translations: [],
  preview_pages: [],
  text: "Прошу отложить платежи.",
  creditor_name: "",
};

const along: PackageDetail = {
  status: "choosing",
  version: 4,
  is_chosen: false,
  can_change: true,
  papers: [
    {
      place: "paper:1",
      title: "Справка",
      mime: "image/jpeg",
      size: 1,
      chosen: true,
      is_default: true,
      problem: "",
    },
    {
      place: "paper:2",
      title: "Выписка",
      mime: "image/jpeg",
      size: 1,
      chosen: false,
      is_default: false,
      problem: "",
    },
    {
      place: "paper:3",
      title: "Фото",
      mime: "image/jpeg",
      size: 1,
      chosen: false,
      is_default: false,
      problem: "not_ready",
    },
  ],
  parts: [],
  pages: 0,
  size: null,
  sha256: null,
  has_proof: false,
  too_large: false,
  preview_pages: [],
};

const version = (id: string, number: string, reason: string) => ({
  id,
  number,
  status: id === ID ? "ready_to_sign" : "superseded",
  created_at: "2026-11-25T09:00:00Z",
  signed_at: null,
  reason,
  void_reason: "",
  replaces: null,
});

const open = (changes: Partial<DocumentDetail> = {}) => {
  server.use(
    http.get(`${API}/documents/${ID}/`, () => HttpResponse.json({ ...made, ...changes })),
    http.get(`${API}/documents/${ID}/package/`, () => HttpResponse.json(along)),
    http.get(`${API}/documents/${ID}/versions/`, () =>
      HttpResponse.json({
        items: [version(ID, "KH-2026-000123-02", "Изменился доход"), version(OLD, "KH-2026-000123-01", "")],
      }),
    ),
  );
  renderScreen(<DocumentView documentId={ID} publicName={<p>Моё имя</p>} />);
};

beforeEach(() => push.mockReset());

test.each([
  [null, false],
  ["http://localhost/verify/abc", true],
])("what the verification page shows is chosen where there is one: %s", async (verify_url, isThere) => {
  open({ verify_url });
  await screen.findByRole("heading", { name: "Заявление" });
  expect(screen.queryByText("Моё имя") !== null).toBe(isThere);
});

test("a new version asks for a reason and leads to the answers", async () => {
  const sent: unknown[] = [];
  open();
  server.use(
    http.post(`${API}/documents/${ID}/revise/`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ id: "draft-1" }, { status: 201 });
    }),
  );
  await userEvent.click(await screen.findByRole("button", { name: "Изменить ответы" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Открыть ответы" }));
  expect(sent).toEqual([]);
  await userEvent.type(within(dialog).getByRole("textbox"), "Нашёл работу");
  await userEvent.click(within(dialog).getByRole("button", { name: "Открыть ответы" }));
  await waitFor(() =>
    expect(push).toHaveBeenCalledWith(`/cases/${made.case_id}/documents/interview/draft-1`),
  );
  expect(sent).toEqual([{ reason: "Нашёл работу" }]);
});

test("a signed document is replaced by another, not changed", async () => {
  open({ signed_at: "2026-11-25T10:00:00Z", status: "sealed", allowed_actions: ["revise"] });
  expect(await screen.findByRole("button", { name: "Составить взамен" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Изменить ответы" })).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Больше не нужен" })).not.toBeInTheDocument();
});

test("who may do nothing sees no buttons", async () => {
  open({ allowed_actions: [] });
  expect(await screen.findByRole("heading", { name: "Заявление" })).toBeVisible();
  expect(screen.queryByRole("group", { name: "Что сделать с документом" })).not.toBeInTheDocument();
  expect(screen.queryByText("Что уходит вместе с письмом")).not.toBeInTheDocument();
});

test("versions tell why they were made and show what has changed, not by colour alone", async () => {
  open();
  server.use(
    http.get(`${API}/documents/${ID}/compare/`, () =>
      HttpResponse.json({
        old: version(OLD, "01", ""),
        new: version(ID, "02", ""),
        parts: [
          { kind: "same", text: "Прошу " },
          { kind: "removed", text: "3 месяца" },
          { kind: "added", text: "6 месяцев" },
        ],
      }),
    ),
  );
  expect(await screen.findByText("Причина: Изменился доход")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Что изменилось в № KH-2026-000123-01" }));
  const changes = await screen.findByRole("region", { name: "Изменения в тексте" });
  expect(await within(changes).findByText("6 месяцев", { selector: "ins" })).toBeVisible();
  expect(within(changes).getByText("3 месяца", { selector: "del" })).toBeVisible();
  expect(within(changes).getByText("[убрано]")).toBeInTheDocument();
});

test("chosen papers are sent with the version that was seen", async () => {
  const sent: unknown[] = [];
  open();
  server.use(
    http.post(`${API}/documents/${ID}/package/`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ ...along, status: "preparing", version: 5 }, { status: 202 });
    }),
  );
  await userEvent.click(await screen.findByRole("checkbox", { name: "Выписка" }));
  expect(screen.queryByRole("checkbox", { name: "Фото" })).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Собрать пакет" }));
  expect(await screen.findByText("Пакет собирается. Страница обновится сама.")).toBeVisible();
  expect(sent).toEqual([{ papers: ["paper:1", "paper:2"], version: 4 }]);
});

test("a PDF/A that is being made says how many are before it", async () => {
  open({ archival: { state: "preparing", ahead: 2 } });
  expect(await screen.findByText("PDF/A готовится, перед вами 2 документа.")).toBeVisible();
});
