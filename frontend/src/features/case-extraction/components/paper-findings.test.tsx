import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";
import { API, problem, server } from "@/testing/server";

import type { Finding, FindingValue, Readings } from "../types";
import { PaperFindings } from "./paper-findings";

const CASE = "7b0a6f1e-0000-4000-8000-000000000001";
const DEBT = "7b0a6f1e-0000-4000-8000-0000000000d1";
const OTHER = "7b0a6f1e-0000-4000-8000-0000000000d2";

const value = (extra: Partial<FindingValue>): FindingValue => ({
  text: null,
  on: null,
  tiyn: null,
  percent: null,
  split: null,
  ...extra,
});

const finding = (extra: Partial<Finding> = {}): Finding => ({
  id: "7b0a6f1e-0000-4000-8000-0000000000f1",
  field: "contract_number",
  label: "Номер договора",
  value: value({ text: "МК-2024/118" }),
  quote: "По договору № МК-2024/118 от 25.03.2024",
  page: 2,
  certainty: "sure",
  obligation_id: DEBT,
  fits: "differs",
  present: value({ text: "МК-2024/181" }),
  compared_only: false,
  state: "offered",
  given: null,
  decided_by: "",
  decided_at: null,
  ...extra,
});

const readings = (findings: Finding[], extra: Partial<Readings> = {}): Readings => ({
  items: [
    {
      id: "7b0a6f1e-0000-4000-8000-0000000000a1",
      paper_id: "7b0a6f1e-0000-4000-8000-0000000000b1",
      paper_title: "Справка о задолженности",
      file_id: "7b0a6f1e-0000-4000-8000-0000000000c1",
      kind: "DEBT_STATEMENT",
      kind_label: "Справка о задолженности",
      kind_fits: true,
      made_at: "2026-11-20T05:00:00Z",
      findings,
    },
  ],
  debts: [
    { id: DEBT, label: "Айқын Қаржы, МК-2024/181" },
    { id: OTHER, label: "Банк, 77" },
  ],
  open_findings: findings.length,
  allowed_actions: ["decide"],
  ...extra,
});

const decided = vi.fn();
const show = (page: Readings) => {
  server.use(http.get(`${API}/cases/${CASE}/readings/`, () => HttpResponse.json(page)));
  renderScreen(<PaperFindings caseId={CASE} />);
};

beforeEach(() => {
  decided.mockReset();
  server.use(
    http.post(`${API}/cases/${CASE}/findings/:id/`, async ({ request, params }) => {
      decided(params.id, await request.json());
      return HttpResponse.json(readings([]));
    }),
  );
});

test("a misfit stands beside what the case says, with its quote and page, and is confirmed by a press", async () => {
  show(readings([finding()]));
  expect(await screen.findByText("расходится с делом")).toBeVisible();
  expect(screen.getByText("МК-2024/118")).toBeVisible();
  expect(screen.getByText("МК-2024/181")).toBeVisible();
  expect(screen.getByText(/По договору № МК-2024\/118.*, стр. 2/)).toBeVisible();
  expect(decided).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "Подтвердить: Номер договора" }));
  await vi.waitFor(() =>
    expect(decided).toHaveBeenCalledWith(finding().id, { decision: "confirm", obligation_id: DEBT }),
  );
});

test("where the paper does not tell the debt, it is asked before anything is sent", async () => {
  show(readings([finding({ obligation_id: null, fits: "unknown", present: null })]));
  await userEvent.click(await screen.findByRole("button", { name: "Подтвердить: Номер договора" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Подтвердить" }));
  expect(decided).not.toHaveBeenCalled();
  await userEvent.selectOptions(within(dialog).getByLabelText("О каком долге речь"), OTHER);
  await userEvent.click(within(dialog).getByRole("button", { name: "Подтвердить" }));
  await vi.waitFor(() =>
    expect(decided).toHaveBeenCalledWith(finding().id, {
      decision: "confirm",
      value: { text: "МК-2024/118" },
      obligation_id: OTHER,
    }),
  );
});

test("sums without a day ask for it, as typed and sent in tiyn", async () => {
  const split = {
    as_of: null,
    principal_tiyn: 140_000_000,
    interest_tiyn: 8_000_050,
    penalty_tiyn: null,
    fees_tiyn: null,
    overdue_tiyn: null,
    total_tiyn: null,
  };
  show(
    readings([
      finding({
        field: "split",
        label: "Из чего состоит долг",
        value: value({ split }),
        fits: "new",
        present: null,
      }),
    ]),
  );
  await userEvent.click(await screen.findByRole("button", { name: "Подтвердить: Из чего состоит долг" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.type(within(dialog).getByLabelText("На день"), "18112026");
  await userEvent.click(within(dialog).getByRole("button", { name: "Подтвердить" }));
  await vi.waitFor(() => expect(decided).toHaveBeenCalled());
  expect(decided.mock.calls[0]?.[1]).toMatchObject({
    value: {
      split: {
        as_of: "2026-11-18",
        principal_tiyn: 140_000_000,
        interest_tiyn: 8_000_050,
        penalty_tiyn: null,
      },
    },
  });
});

test("what agrees with the case is told in one line, and an ИИН is only compared", async () => {
  const identity = finding({
    id: "7b0a6f1e-0000-4000-8000-0000000000f2",
    field: "identity",
    label: "ИИН в документе",
    value: value({ text: "900101300007" }),
    present: value({ text: "••••••••0122" }),
    obligation_id: null,
    compared_only: true,
  });
  show(readings([finding({ fits: "same" }), identity]));
  expect(await screen.findByText("Совпадает с делом: номер договора")).toBeVisible();
  expect(screen.queryByRole("button", { name: /Подтвердить/ })).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Не брать: ИИН в документе" }));
  await vi.waitFor(() =>
    expect(decided).toHaveBeenCalledWith(identity.id, expect.objectContaining({ decision: "dismiss" })),
  );
});

test("who only reads gets no buttons; another paper than the asked one is told", async () => {
  const page = readings([finding()], { allowed_actions: [] });
  page.items[0]!.kind_fits = false;
  page.items[0]!.kind_label = "График погашения";
  show(page);
  expect(await screen.findByText(/документ похож на другой: График погашения/)).toBeVisible();
  expect(screen.queryByRole("button", { name: /Подтвердить|Не брать|Изменить/ })).not.toBeInTheDocument();
});

test("a refusal is told and the value stays", async () => {
  server.use(
    http.post(`${API}/cases/${CASE}/findings/:id/`, () =>
      problem(409, "debt.already_sent", { detail: "Письмо по этому долгу отправлено." }),
    ),
  );
  show(readings([finding()]));
  await userEvent.click(await screen.findByRole("button", { name: "Подтвердить: Номер договора" }));
  expect(await screen.findByText("Письмо по этому долгу отправлено.")).toBeVisible();
  expect(screen.getByText("МК-2024/118")).toBeVisible();
});

test("nothing is shown where nothing was read", async () => {
  show({ ...readings([]), items: [] });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(screen.queryByRole("heading")).not.toBeInTheDocument();
});
