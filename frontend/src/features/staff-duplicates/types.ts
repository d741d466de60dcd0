export interface AccountRow {
  id: string;
  full_name: string;
  email: string | null;
  masked_phone: string;
  roles: { code: string; label: string }[];
  custom_roles: { id: string; name: string }[];
  last_seen_at: string | null;
  created_at: string;
}

export interface Claim {
  id: string;
  claimant: AccountRow;
  holder: AccountRow;
  created_at: string;
}

export interface MergePreview {
  sections: { code: string; label: string; count: number }[];
  warnings: string[];
}
