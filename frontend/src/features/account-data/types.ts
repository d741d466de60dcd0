export type DataRequestKind = "export" | "erasure";
export interface DataSection {
  code: string;
  label: string;
  given: number;
  erased: number;
  masked: number;
  kept: number;
  ground: string | null;
  ground_needs_lawyer_review: boolean;
}
export interface DataPreview {
  sections: DataSection[];
  blockers: { code: string; text: string }[];
}
export interface DataRequest {
  id: string;
  kind: DataRequestKind;
  kind_label: string;
  status: "requested" | "approved" | "running" | "done" | "refused" | "cancelled" | "failed";
  status_label: string;
  created_at: string;
  done_at: string | null;
  preview: DataPreview;
  progress_percent: number;
  note: string;
  file_expires_at: string | null;
  allowed_actions: string[];
}
