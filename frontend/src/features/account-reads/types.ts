export interface DataRead {
  id: string;
  at: string;
  kind: string;
  kind_label: string;
  reader_label: string;
  fields: string[];
  case_id: string | null;
  case_number: string | null;
  reason: string;
}
