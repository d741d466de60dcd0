export interface Labelled {
  code: string;
  label: string;
}

export interface Named {
  id: string;
  name: string;
}

export type PersonStatus = "active" | "deactivated" | "erased";

export interface PersonRow {
  id: string;
  full_name: string;
  email: string | null;
  masked_phone: string;
  roles: Labelled[];
  custom_roles: Named[];
  organisations: Named[];
  status: PersonStatus;
  has_second_factor: boolean;
  last_seen_at: string | null;
  created_at: string;
}

export interface RoleCatalogue {
  built_in: { code: string; label: string; abilities: string[]; is_staff: boolean; by_hand: boolean }[];
  custom: {
    id: string;
    name: string;
    archived: boolean;
  }[];
}

export interface PersonGrant {
  id: string;
  role: string | null;
  custom_role_id: string | null;
  label: string;
  granted_at: string;
  granted_by_name: string;
}

export interface PersonMembership {
  id: string;
  organisation_id: string;
  organisation_name: string;
  post: string;
  is_administrator: boolean;
  since: string;
}

export interface PersonDetail extends PersonRow {
  full_name_kk: string;
  masked_iin: string | null;
  language: string;
  grants: PersonGrant[];
  memberships: PersonMembership[];
  open_sessions: number;
  duplicates: { claim_id: string; person_id: string; full_name: string }[];
  allowed_actions: string[];
  merged_into: string | null;
}

export interface HistoryEntry {
  id: string;
  at: string;
  title: string;
  actor_label: string;
  details: string[];
}

export interface Revealed {
  iin?: string | null;
  phone?: string | null;
}
