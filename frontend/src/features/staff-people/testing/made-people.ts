import type { PersonRow } from "../types";

export const PERSON_ID = "b7318bbd-9119-4aba-8d63-578649c7e635";

export const aPersonRow = (extra: Partial<PersonRow> = {}): PersonRow => ({
  id: PERSON_ID,
  full_name: "Ахметова Динара Сериковна",
  email: "manager1@kenes.sandbox",
  masked_phone: "+7 ••• ••• 18 41",
  roles: [{ code: "manager", label: "Менеджер" }],
  custom_roles: [],
  organisations: [],
  status: "active",
  has_second_factor: true,
  last_seen_at: "2026-11-24T09:00:00Z",
  created_at: "2026-10-01T09:00:00Z",
  ...extra,
});
