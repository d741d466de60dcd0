import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import type { CreditorAnswer } from "@/components/offers/types";
import { renderScreen } from "@/testing/render";
import { API, server } from "@/testing/server";

import { OffersPage } from "./offers-page";

const CASE_ID = "0b0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f01";

const answer = (extra: Partial<CreditorAnswer> = {}): CreditorAnswer => ({
  id: "a1",
  version: 1,
  current: true,
  kind: "offer",
  kind_label: "Предложение других условий",
  source: "room",
  words: "Снизим ставку",
  reason_code: "",
  reason_label: "",
  terms: {
    rate_percent: 18,
    term_months: 48,
    defer_months: 3,
    payment_tiyn: null,
    first_payment_on: "2026-12-25",
    forgive_principal_tiyn: 0,
    forgive_interest_percent: 0,
    forgive_penalty_percent: 100,
  },
  forgiven: { principal_tiyn: 0, interest_tiyn: 0, penalty_tiyn: 1_200_000 },
  before: {
    payment_tiyn: 9_000_000,
    total_tiyn: 200_000_000,
    overpayment_tiyn: 60_000_000,
    ends_on: "2028-05-14",
    months: 18,
  },
  after: {
    payment_tiyn: 5_000_000,
    total_tiyn: 220_000_000,
    overpayment_tiyn: 80_000_000,
    ends_on: "2030-11-25",
    months: 48,
  },
  schedule: [],
  valid_until: "2026-12-10",
  expired: false,
  outgoing_number: "",
  has_file: false,
  file_id: null,
  papers: [],
  reply: null,
  given_by: "Банк",
  given_at: "2026-11-20T05:00:00Z",
  allowed_actions: ["accept", "counter", "decline"],
  ...extra,
});

const page = (...answers: CreditorAnswer[]) => ({
  case_id: CASE_ID,
  case_number: "KH-2026-000001",
  items: answers.length
    ? [
        {
          obligation_id: "o1",
          track_id: "t1",
          state: "OFFER",
          state_label: "Предложение кредитора",
          creditor_name: "Банк",
          contract_number: "4417",
          debt_tiyn: 140_000_000,
          counter_rounds: 3,
          counter_rounds_used: 1,
          answers,
        },
      ]
    : [],
});

const show = (...answers: CreditorAnswer[]) => {
  server.use(http.get(`${API}/cases/${CASE_ID}/answers/`, () => HttpResponse.json(page(...answers))));
  renderScreen(<OffersPage caseId={CASE_ID} />);
};

beforeEach(() => {
  window.history.replaceState(null, "", "/");
});

test("the offer is shown beside what is paid now, in words too", async () => {
  show(answer());
  const table = await screen.findByRole("table", { name: /Сравнение/ });
  expect(within(table).getByText("меньше на 40 000 ₸")).toBeVisible();
  expect(within(table).getAllByText("больше на 200 000 ₸")).toHaveLength(2);
  expect(screen.getByText("Своё предложение можно сделать ещё 2 раза")).toBeVisible();
});

test("accepting is asked once more and sent once", async () => {
  const sent = vi.fn();
  server.use(
    http.post(`${API}/cases/${CASE_ID}/answers/a1/reply/`, async ({ request }) => {
      sent(await request.json());
      return HttpResponse.json(page(answer({ allowed_actions: [] })));
    }),
  );
  show(answer());
  await userEvent.click(await screen.findByRole("button", { name: "Принять предложение" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Принимаю условия" }));
  await vi.waitFor(() => expect(sent).toHaveBeenCalledWith({ kind: "accept", words: "", terms: null }));
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
});

test("a lapsed offer cannot be accepted and says why", async () => {
  show(answer({ expired: true, allowed_actions: ["counter", "decline"] }));
  expect(await screen.findByText(/Принять его уже нельзя/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Принять предложение" })).not.toBeInTheDocument();
});

test("papers are handed over only when each has a file or a reason", async () => {
  const paper = {
    id: "p1",
    code: "INCOME_CERTIFICATE" as const,
    label: "Справка о доходах",
    text: "",
    file_name: null,
    file_id: null,
    file_state: "none" as const,
    excuse: "",
    given_at: null,
  };
  show(
    answer({
      kind: "papers",
      terms: null,
      after: null,
      before: null,
      valid_until: null,
      papers: [paper],
      allowed_actions: ["give_papers"],
    }),
  );
  expect(await screen.findByText("Остался 1 документ")).toBeVisible();
  expect(screen.getByRole("button", { name: "Отправить документы кредитору" })).toBeDisabled();
});

test("without answers the page says what will come", async () => {
  show();
  expect(await screen.findByText("Ответов пока нет")).toBeVisible();
});
