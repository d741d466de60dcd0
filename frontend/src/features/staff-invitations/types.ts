export type InvitationStatus = "open" | "accepted" | "cancelled" | "expired";

export interface Invitation {
  id: string;
  email: string;
  full_name: string;
  roles: { code: string; label: string }[];
  custom_roles: { id: string; name: string }[];
  organisation: { id: string; name: string } | null;
  post: string;
  is_administrator: boolean;
  status: InvitationStatus;
  created_at: string;
  expires_at: string;
  invited_by_name: string;
}

export interface RoleCatalogue {
  built_in: { code: string; label: string; by_hand: boolean }[];
  custom: { id: string; name: string; archived: boolean }[];
}
