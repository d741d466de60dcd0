export type PowerScope = "view" | "act" | "sign";
export interface Power {
  id: string;
  principal_name: string;
  representative_name: string;
  scope: PowerScope[];
  number: string;
  issued_by: string;
  valid_from: string;
  valid_until: string;
  status: "submitted" | "active" | "rejected" | "revoked" | "expired";
  status_label: string;
  check_note: string;
  has_document: boolean;
  created_at: string;
  allowed_actions: string[];
}
export interface OwnPowers {
  given: Power[];
  received: Power[];
}
export interface PowerInput {
  representative_phone: string;
  scope: PowerScope[];
  number: string;
  issued_by: string;
  valid_from: string;
  valid_until: string;
}
