import type { DraftDetail, DraftField, KindRow } from "../types";

export const CASE_ID = "11111111-1111-4111-8111-111111111111";
export const DRAFT_ID = "22222222-2222-4222-8222-222222222222";
export const DEBT_ID = "33333333-3333-4333-8333-333333333333";
export const OTHER_DEBT_ID = "44444444-4444-4444-8444-444444444444";
export const DOCUMENT_ID = "55555555-5555-4555-8555-555555555555";

export const DEBTS = [
  { id: DEBT_ID, label: "Айқын Қаржы, K-1" },
  { id: OTHER_DEBT_ID, label: "Банк Үлгі, B-7" },
];

export const madeField = (code: string, extra: Partial<DraftField> = {}): DraftField => ({
  code,
  answer_type: "text",
  ask: code,
  why: "",
  required: true,
  options: [],
  columns: [],
  when: null,
  value: null,
  is_known: false,
  ...extra,
});

export const NOTARY = madeField("notary.name", {
  answer_type: "name",
  ask: "Как зовут нотариуса?",
  why: "Имя стоит на копии.",
});
export const SUM = madeField("inscription.sum", {
  answer_type: "money",
  ask: "Какая сумма указана в надписи?",
  value: 146892100,
  is_known: true,
});
export const HAS_PROOF = madeField("has_proof", { answer_type: "yes_no", ask: "Есть подтверждение?" });
export const PROOF = madeField("proof", {
  ask: "Чем подтверждается?",
  when: { field: "has_proof", values: ["yes"] },
});
export const GOODS = madeField("goods", {
  answer_type: "rows",
  ask: "Что у вас есть?",
  columns: [
    { code: "what", answer_type: "text", ask: "Что это", why: "", required: true, options: [] },
    { code: "price", answer_type: "money", ask: "Сколько стоит", why: "", required: false, options: [] },
  ],
});

export const madeDraft = (fields: DraftField[], extra: Partial<DraftDetail> = {}): DraftDetail => ({
  id: DRAFT_ID,
  case_id: CASE_ID,
  code: "INSCRIPTION_OBJECTION",
  title: "Возражение на исполнительную надпись",
  purpose: "Вы возражаете нотариусу.",
  obligation_id: DEBT_ID,
  track_id: null,
  updated_at: "2026-11-25T10:00:00+05:00",
  version: 3,
  revises: null,
  revises_number: null,
  revises_signed: false,
  reason: "",
  document_id: null,
  fields_asked: fields,
  missing: fields.filter(({ required, value }) => required && value === null).map(({ code }) => code),
  needs_review: false,
  ...extra,
});

export const madeKind = (code: string, extra: Partial<KindRow> = {}): KindRow => ({
  code,
  title: code,
  purpose: "Зачем он нужен.",
  per: "debt",
  signature: ["E", "P"],
  needs_review: false,
  is_suggested: false,
  subjects: [DEBT_ID],
  ...extra,
});
