import type { PersonDetail, PersonRow } from "../types";

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

export const aPerson = (extra: Partial<PersonDetail> = {}): PersonDetail => ({
  ...aPersonRow(),
  full_name_kk: "",
  masked_iin: "••••••••0122",
  language: "ru",
  grants: [
    {
      id: "1c0e7a4e-6f2f-4f5e-9a5a-0d6f3f0a1f02",
      role: "manager",
      custom_role_id: null,
      label: "Менеджер",
      granted_at: "2026-10-01T09:00:00Z",
      granted_by_name: "Ермек Асқар",
      by_hand: true,
    },
  ],
  memberships: [],
  open_sessions: 2,
  duplicates: [],
  allowed_actions: ["edit", "grant_role", "revoke_role", "deactivate", "end_sessions", "reveal", "view_as"],
  merged_into: null,
  ...extra,
});
