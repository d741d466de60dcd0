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
  built_in: { code: string; label: string; abilities: string[]; is_staff: boolean }[];
  custom: {
    id: string;
    name: string;
    archived: boolean;
  }[];
}
