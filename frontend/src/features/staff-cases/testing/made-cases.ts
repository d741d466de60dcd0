import type { StaffCase, StaffCaseRow } from "../types";

export const MANAGER_ID = "b7318bbd-9119-4aba-8d63-578649c7e635";
export const CASE_ID = "aa1b9fdd-f937-4bde-9cad-33a81b3787e0";
export const TODAY = "2026-11-25";

export const madeRow = (change: Partial<StaffCaseRow> = {}): StaffCaseRow => ({
  id: CASE_ID,
  number: "KH-2026-000064",
  status: "active",
  status_label: "В работе",
  headline: "В работе",
  urgency: 2,
  borrower_name: "Сулейменова Сауле Кайратовна",
  masked_iin: "••••••••6217",
  creditors: ["АО «Home Credit Bank»"],
  total_tiyn: 170_910_000,
  next_deadline: { title: "Ответ кредитора", due: "2026-11-27", days_left: 2, critical: false },
  missed_deadline: null,
  assignee: { id: MANAGER_ID, full_name: "Ахметова Динара Сериковна" },
  created_at: "2026-11-15T13:37:00Z",
  submitted_at: "2026-11-15T13:37:00Z",
  updated_at: "2026-11-15T13:37:00Z",
  unread: false,
  masked: false,
  language: "ru",
  queue: null,
  tags: [],
  tracks: [],
  version: 4,
  allowed_actions: ["suspend", "close", "assign", "comment", "comment_internal"],
  ...change,
});

export const madeCase = (change: Partial<StaffCase> = {}): StaffCase => ({
  ...madeRow(),
  language: "ru",
  applicant: {
    full_name: "Сулейменова Сауле Кайратовна",
    masked_iin: "••••••••6217",
    masked_phone: "+7 ••• ••• 00 21",
    email: null,
    address: "г. Тараз",
  },
  obligations: [],
  income: null,
  assets: [],
  hardship: null,
  relief: null,
  events: [],
  tracks: [],
  deadlines: [],
  now: null,
  outcome: null,
  outcome_label: null,
  resume_on: null,
  masked: false,
  view: "whole",
  on_behalf_of_borrower: false,
  allowed_actions: ["suspend", "close", "assign", "comment", "comment_internal", "reveal"],
  version: 4,
  ...change,
});
