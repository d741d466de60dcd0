export interface ActivityEntry {
  id: string;
  at: string;
  type: string;
  title: string;
  actor_label: string;
  subject_label: string | null;
  details: string[];
}
