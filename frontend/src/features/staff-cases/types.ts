import type { components } from "@/api/schema";
import type { CaseDetail, CaseRow } from "@/api/types";

export type StaffCaseRow = CaseRow;
/** A case as staff see it. `masked`: known from the common list only, so without the borrower's own words. */
export type StaffCase = CaseDetail;
export type StaffTrack = CaseDetail["tracks"][number];
export type StaffDeadline = CaseDetail["deadlines"][number];
/** `pressing`: open cases with a term that ends today or was missed. */
export type CaseCounts = components["schemas"]["CaseCounts"];
