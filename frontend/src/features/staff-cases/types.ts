import type { components } from "@/api/schema";
import type { CaseDetail } from "@/api/types";

export type StaffCaseRow = components["schemas"]["CaseListRow"];
/** A case as staff see it. `masked`: known from the common list only, so without the borrower's own words. */
export type StaffCase = CaseDetail;
export type StaffTrack = CaseDetail["tracks"][number];
export type StaffDeadline = CaseDetail["deadlines"][number];
/** `pressing`: open cases with a term that ends today or was missed. */
export type CaseCounts = components["schemas"]["CaseCounts"];
export type CaseTotals = components["schemas"]["CaseTotals"];
export type SavedView = components["schemas"]["CaseViewItem"];
export type ViewHead = components["schemas"]["CaseViewList"];
export type ListPreference = components["schemas"]["ListPreferenceDetail"];
export type ListChoices = components["schemas"]["ListChoices"];
export type BulkPreview = components["schemas"]["BulkPreview"];
export type ListJob = components["schemas"]["ListJobItem"];
export type ListJobRow = components["schemas"]["ListJobRow"];
