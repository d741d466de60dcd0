import type { Query } from "@/lib/api-client";

import { codeIn, OPEN_STATUSES, STATUSES, URGENCIES } from "./codes";

export const SORTS = ["-created_at", "next_deadline", "urgency"] as const;
export type Sort = (typeof SORTS)[number];

export interface CaseFilters {
  status: readonly string[];
  /** `me`, `none`, the id of a manager, or empty for everybody. */
  assignee: string;
  urgency: readonly string[];
  creditor: readonly string[];
  createdAfter: string;
  createdBefore: string;
  /** An ISO day up to which the next term ends. */
  deadlineBefore: string;
  /** Only cases with a term that ends today or was missed. */
  pressing: boolean;
  sort: Sort;
}

export const NO_FILTERS: CaseFilters = {
  status: [],
  assignee: "",
  urgency: [],
  creditor: [],
  createdAfter: "",
  createdBefore: "",
  deadlineBefore: "",
  pressing: false,
  sort: "-created_at",
};

export const DEFAULT_SORT: Sort = "-created_at";
const OPEN = "open";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const isOpenSet = (status: readonly string[]) =>
  status.length === OPEN_STATUSES.length && OPEN_STATUSES.every((item) => status.includes(item));

const day = (value: string | null): string => (value && DAY.test(value) ? value : "");

const assignee = (value: string | null): string =>
  value === "me" || value === "none" || (value && UUID.test(value)) ? (value ?? "") : "";

/** Reads the address of the list. What it does not know is left out: an old link still opens. */
export const readFilters = (params: URLSearchParams): CaseFilters => ({
  status: params.getAll("status").includes(OPEN)
    ? OPEN_STATUSES
    : STATUSES.filter((status) => params.getAll("status").includes(status)),
  assignee: assignee(params.get("assignee")),
  urgency: URGENCIES.filter((urgency) => params.getAll("urgency").includes(urgency)),
  creditor: params.getAll("creditor").filter((id) => UUID.test(id)),
  createdAfter: day(params.get("created_after")),
  createdBefore: day(params.get("created_before")),
  deadlineBefore: day(params.get("deadline_before")),
  pressing: params.get("pressing") === "true",
  sort: codeIn(SORTS, params.get("sort") ?? "") ?? DEFAULT_SORT,
});

/** The same filters always give the same text, so that views can be compared and kept as links. */
export const writeFilters = (filters: CaseFilters): string => {
  const params = new URLSearchParams();
  const append = (name: string, values: readonly string[]) =>
    values.forEach((value) => params.append(name, value));
  append("status", isOpenSet(filters.status) ? [OPEN] : filters.status);
  append("assignee", filters.assignee ? [filters.assignee] : []);
  append("urgency", filters.urgency);
  append("creditor", filters.creditor);
  append("created_after", filters.createdAfter ? [filters.createdAfter] : []);
  append("created_before", filters.createdBefore ? [filters.createdBefore] : []);
  append("deadline_before", filters.deadlineBefore ? [filters.deadlineBefore] : []);
  append("pressing", filters.pressing ? ["true"] : []);
  append("sort", filters.sort === DEFAULT_SORT ? [] : [filters.sort]);
  return params.toString();
};

/** The filters in the words of the API. */
export const toApiQuery = (filters: CaseFilters) =>
  ({
    status: filters.status,
    assignee: filters.assignee || undefined,
    urgency: filters.urgency,
    creditor: filters.creditor,
    created_after: filters.createdAfter || undefined,
    created_before: filters.createdBefore || undefined,
    deadline_before: filters.deadlineBefore || undefined,
    pressing: filters.pressing || undefined,
    sort: filters.sort,
  }) satisfies Query;

export type CaseQuery = ReturnType<typeof toApiQuery>;

export const VIEWS = {
  all: NO_FILTERS,
  mine: { ...NO_FILTERS, status: OPEN_STATUSES, assignee: "me", sort: "next_deadline" },
  unassigned: { ...NO_FILTERS, status: OPEN_STATUSES, assignee: "none", sort: "urgency" },
  due: { ...NO_FILTERS, status: OPEN_STATUSES, pressing: true, sort: "next_deadline" },
  fresh: { ...NO_FILTERS, status: ["submitted", "triage"] },
} as const satisfies Record<string, CaseFilters>;

export const VIEW_NAMES = ["mine", "unassigned", "due", "fresh", "all"] as const;
export type ViewName = (typeof VIEW_NAMES)[number];

/** The kept view that these filters are, if any. */
export const viewOf = (filters: CaseFilters): ViewName | undefined =>
  VIEW_NAMES.find((name) => writeFilters(VIEWS[name]) === writeFilters(filters));
