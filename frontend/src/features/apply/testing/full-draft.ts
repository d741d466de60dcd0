import { type Draft, emptyDebt } from "../draft";

/** Everything answered as a person types it, with numbers inside free text that must not stay on a device. */
export const fullDraft = (): Draft => ({
  person: { full_name: " Досымов  Кайрат Ануарович", iin: "870419 390122" },
  contact: { address: "г. Алматы, мкр. 8", email: "", language: "ru" },
  debts: [
    {
      ...emptyDebt(),
      key: "debt-1",
      creditor_id: "c1",
      creditor_name: "АО «Банк»",
      creditor_type: "BANK",
      contract_number: "4417",
      contract_date: "14.05.2024",
      principal: "1 391 360",
      interest: "73 875,50",
      rate: "34,5 %",
      has_overdue: "yes",
      overdue_since: "22.10.2026",
      overdue_source: "document",
    },
  ],
  income: { source: "пособие", monthly_now: "98 000", monthly_before: "320 000" },
  family: { dependents: "2", disabled_dependents: "", social_aid: "no", avg2: "", avg12: "" },
  events: [
    {
      key: "e1",
      kind: "COLLECTOR_CONTACT",
      date: "01.11.2026",
      text: "звонили с 8 701 234 56 78",
      debt_key: "debt-1",
    },
  ],
  hardship: { code: "JOB_LOSS", since: "30.09.2026", text: "Мой ИИН 870419390122, сократили" },
  relief: {
    kinds: ["DEFERRAL"],
    defer_months: "6",
    new_term_months: "",
    new_rate: "",
    new_payment: "60 000",
    comment: "",
  },
});
