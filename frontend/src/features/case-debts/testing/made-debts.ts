import type { Check, Debt, DebtList, Schedule, ScheduleRow, Split } from "../types";

export const CASE_ID = "00000000-0000-4000-8000-000000000001";
export const DEBT_ID = "00000000-0000-4000-8000-000000000002";
export const ROW_ID = "00000000-0000-4000-8000-000000000003";

export const madeSplit = (changes: Partial<Split> = {}): Split => ({
  id: null,
  as_of: "2026-11-18",
  principal_tiyn: 139_136_000,
  interest_tiyn: 7_387_500,
  penalty_tiyn: 2_000_000,
  fees_tiyn: 0,
  overdue_tiyn: null,
  total_tiyn: 148_523_500,
  source: "borrower",
  source_label: "Со слов заёмщика",
  given_by: "",
  given_at: "2026-11-18T05:00:00Z",
  note: "",
  is_current: true,
  ...changes,
});

export const madeCheck = (changes: Partial<Check> = {}): Check => ({
  code: "penalty",
  title: "Неустойка и пределы закона",
  verdict: "above",
  verdict_text: "Неустойка больше допустимой. Можно просить перерасчёт.",
  reasons: [],
  figures: [{ code: "allowed", label: "Допустимо", text: "12 431,61 ₸", tiyn: 1_243_161 }],
  trace: [
    {
      code: "penalty_by_days",
      label: "Наибольшая неустойка за пропущенный платёж по дням",
      expression: "92 086 ₸ × 0,5 % × 27 дней",
      result: "12 431,61 ₸",
      rates: ["PENALTY_DAY_FIRST"],
    },
  ],
  rates: [
    {
      code: "PENALTY_DAY_FIRST",
      label: "Неустойка за день в первые дни просрочки",
      value: "0.5",
      unit: "PERCENT_DAY",
      valid_from: "2016-01-01",
      source: [{ title: "Обзор рынка о неустойке", reference: "90 дней начисления" }],
      needs_review: true,
    },
  ],
  needs_review: true,
  ...changes,
});

export const madeDebt = (changes: Partial<Debt> = {}): Debt => ({
  id: DEBT_ID,
  index: 0,
  creditor: { id: "00000000-0000-4000-8000-000000000009", name: "Банк ЦентрКредит", type: "BANK" },
  contract: {
    contract_number: "4417/КР-2024",
    contract_date: "2024-05-14",
    kind: "",
    kind_label: "",
    currency: "KZT",
    original_amount_tiyn: 240_000_000,
    upfront_fees_tiyn: null,
    monthly_payment_tiyn: 9_208_600,
    rate_percent: 34,
    apr_percent: null,
    term_months: 48,
    overdue_since: "2026-10-22",
    overdue_since_source: "borrower",
    purpose: "",
    collateral: "",
    guarantors: [],
  },
  current: madeSplit(),
  splits: [madeSplit()],
  schedules: [],
  checks: [madeCheck()],
  months_left: 18,
  reminds_of_payments: true,
  allowed_actions: ["edit", "give_split", "schedule_contract", "mark_paid"],
  ...changes,
});

export const madeList = (...items: Debt[]): DebtList => ({
  case_id: CASE_ID,
  version: 7,
  total_tiyn: items.reduce((sum, debt) => sum + debt.current.total_tiyn, 0),
  items,
});

const madeRow = (changes: Partial<ScheduleRow> = {}): ScheduleRow => ({
  id: ROW_ID,
  number: 1,
  due: "2026-12-20",
  principal_tiyn: 4_000_000,
  interest_tiyn: 1_000_000,
  other_tiyn: 0,
  total_tiyn: 5_000_000,
  balance_tiyn: 0,
  state: "ahead",
  paid_on: null,
  paid_tiyn: null,
  confirmed_on: null,
  confirmed_tiyn: null,
  missed_on: null,
  ...changes,
});

export const madeSchedule = (changes: Partial<Schedule> = {}): Schedule => ({
  id: "00000000-0000-4000-8000-000000000004",
  kind: "agreed",
  kind_label: "Согласованный",
  source: "lender",
  source_label: "Со слов кредитора",
  valid_from: "2026-11-18",
  given_at: "2026-11-18T05:00:00Z",
  superseded_at: null,
  payments: 1,
  total_tiyn: 5_000_000,
  first_due: "2026-12-20",
  last_due: "2026-12-20",
  confirmed: 0,
  marked: 0,
  missed: 0,
  next_due: "2026-12-20",
  remind_on: "2026-12-15",
  next_tiyn: 5_000_000,
  rows: [madeRow()],
  version: 7,
  ...changes,
});
