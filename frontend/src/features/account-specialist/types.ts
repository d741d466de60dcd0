export type SpecialistKind = "lawyer" | "mediator" | "notary";
export interface Specialist {
  id: string;
  kind: SpecialistKind;
  kind_label: string;
  register_name: string;
  register_number: string;
  issued_on: string | null;
  valid_until: string | null;
  specialisations: string[];
  specialisation_labels: string[];
  region: string;
  has_proof: boolean;
  status: "draft" | "submitted" | "approved" | "rejected" | "suspended" | "expired";
  status_label: string;
  submitted_at: string | null;
  check_note: string;
  version: number;
  allowed_actions: string[];
}
export interface Specialisation {
  code: string;
  label: string;
  kinds: SpecialistKind[];
}
export interface OwnSpecialists {
  items: Specialist[];
  catalogue: Specialisation[];
}
export interface SpecialistInput {
  register_name: string;
  register_number: string;
  issued_on: string | null;
  valid_until: string | null;
  specialisations: string[];
  region: string;
}
