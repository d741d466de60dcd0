import type { CaseDetail, CaseRow, Deadline, Track } from "@/api/types";

/** A line of the list; administrators see neither names nor sums. */
export type StaffCaseRow = Omit<CaseRow, "masked_iin" | "total_tiyn" | "urgency"> & {
  masked_iin: string | null;
  total_tiyn: number | null;
  urgency: number;
};

export interface StaffTrack extends Track {
  can_be_opened: boolean;
  reasons: string[];
}

export type StaffDeadline = Omit<Deadline, "status"> & {
  status: Deadline["status"] | "passed";
  met_on: string | null;
};

export interface StaffFact {
  id: string;
  kind: string;
  kind_label: string;
  date: string;
  text: string;
  source_label: string;
  obligation_ids: string[];
}

/** A case as staff see it. `masked`: known from the common list only, so without the borrower's own words. */
export type StaffCase = Omit<
  CaseDetail,
  "tracks" | "deadlines" | "events" | "applicant" | "now" | "income"
> & {
  applicant: {
    full_name: string;
    masked_iin: string | null;
    masked_phone: string | null;
    email: string | null;
    address: string | null;
  };
  income: (NonNullable<CaseDetail["income"]> & { drop_percent: number | null }) | null;
  assets: { kind: string; value_tiyn: number; pledged: boolean }[];
  tracks: StaffTrack[];
  deadlines: StaffDeadline[];
  events: StaffFact[];
  now: CaseDetail["now"] | null;
  outcome_label: string | null;
  resume_on: string | null;
  masked: boolean;
};

export interface CaseCounts {
  by_status: Record<string, number>;
  mine: number;
  unassigned: number;
  overdue_deadlines: number;
}
