import type { Query } from "@/lib/api-client";
import { codeIn } from "@/lib/story-codes";

import { LANGUAGES, OPEN_STATUSES, STAGES, STATUSES, URGENCIES } from "./codes";

export const SORTS = [
  "-created_at",
  "next_deadline",
  "urgency",
  "-updated_at",
  "-amount",
  "amount",
  "-number",
  "created_at",
] as const;
export type Sort = (typeof SORTS)[number];

export interface CaseFilters {
  status: readonly string[];
  /** `me`, `none`, the id of a manager, or empty for everybody. */
  assignee: string;
  urgency: readonly string[];
  creditor: readonly string[];
  createdAfter: string;
  createdBefore: string;
  submittedAfter: string;
  submittedBefore: string;
  /** An ISO day up to which the next term ends. */
  deadlineBefore: string;
  /** Only cases with a term that ends today or was missed. */
  pressing: boolean;
  /** Something happened since this person last had the case open. */
  unread: boolean;
  trackKind: readonly string[];
  trackState: readonly string[];
  /** Stages of the next term. */
  term: readonly string[];
  /** Tiyn as digits, or empty. */
  amountFrom: string;
  amountTo: string;
  language: readonly string[];
  /** By which ways the cases came. */
  source: readonly string[];
  queue: readonly string[];
  tag: readonly string[];
  sort: Sort;
}

export const NO_FILTERS: CaseFilters = {
  status: [],
  assignee: "",
  urgency: [],
  creditor: [],
  createdAfter: "",
  createdBefore: "",
  submittedAfter: "",
  submittedBefore: "",
  deadlineBefore: "",
  pressing: false,
  unread: false,
  trackKind: [],
  trackState: [],
  term: [],
  amountFrom: "",
  amountTo: "",
  language: [],
  source: [],
  queue: [],
  tag: [],
  sort: "-created_at",
};

export const DEFAULT_SORT: Sort = "-created_at";
const OPEN = "open";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const CODE = /^[A-Z_]{2,40}$/;
const TIYN = /^\d{1,15}$/;

const isOpenSet = (status: readonly string[]) =>
  status.length === OPEN_STATUSES.length && OPEN_STATUSES.every((item) => status.includes(item));

const day = (value: string | null): string => (value && DAY.test(value) ? value : "");
const tiyn = (value: string | null): string => (value && TIYN.test(value) ? value : "");

const assignee = (value: string | null): string =>
  value === "me" || value === "none" || (value && UUID.test(value)) ? (value ?? "") : "";

/** Reads the address of the list. What it does not know is left out: an old link still opens. */
export const readFilters = (params: URLSearchParams): CaseFilters => {
  const codes = (name: string, known: readonly string[]) =>
    known.filter((code) => params.getAll(name).includes(code));
  const names = (name: string) => params.getAll(name).filter((code) => CODE.test(code));
  const ids = (name: string) => params.getAll(name).filter((id) => UUID.test(id));
  return {
    status: params.getAll("status").includes(OPEN) ? OPEN_STATUSES : codes("status", STATUSES),
    assignee: assignee(params.get("assignee")),
    urgency: codes("urgency", URGENCIES),
    creditor: ids("creditor"),
    createdAfter: day(params.get("created_after")),
    createdBefore: day(params.get("created_before")),
    submittedAfter: day(params.get("submitted_after")),
    submittedBefore: day(params.get("submitted_before")),
    deadlineBefore: day(params.get("deadline_before")),
    pressing: params.get("pressing") === "true",
    unread: params.get("unread") === "true",
    trackKind: names("track_kind"),
    trackState: names("track_state"),
    term: codes("term", STAGES),
    amountFrom: tiyn(params.get("amount_from")),
    amountTo: tiyn(params.get("amount_to")),
    language: codes("language", LANGUAGES),
    source: params.getAll("source").filter((code) => /^[a-z_]{2,16}$/.test(code)),
    queue: ids("queue"),
    tag: ids("tag"),
    sort: codeIn(SORTS, params.get("sort") ?? "") ?? DEFAULT_SORT,
  };
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
    submitted_after: filters.submittedAfter || undefined,
    submitted_before: filters.submittedBefore || undefined,
    deadline_before: filters.deadlineBefore || undefined,
    pressing: filters.pressing || undefined,
    unread: filters.unread || undefined,
    track_kind: filters.trackKind,
    track_state: filters.trackState,
    term: filters.term,
    amount_from: filters.amountFrom || undefined,
    amount_to: filters.amountTo || undefined,
    language: filters.language,
    source: filters.source,
    queue: filters.queue,
    tag: filters.tag,
    sort: filters.sort,
  }) satisfies Query;

export type CaseQuery = ReturnType<typeof toApiQuery>;

/** The same filters always give the same text, so that views can be compared and kept as links. */
export const writeFilters = (filters: CaseFilters): string => {
  const { sort, status, ...rest } = toApiQuery(filters);
  const params = new URLSearchParams();
  const all = {
    status: isOpenSet(status) ? [OPEN] : status,
    ...rest,
    sort: sort === DEFAULT_SORT ? undefined : sort,
  };
  for (const [name, value] of Object.entries(all)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) params.append(name, String(item));
    }
  }
  return params.toString();
};

/** Filters as they stand in a body: numbers as numbers, nothing that is not set. */
export const toBody = (filters: CaseFilters): Record<string, unknown> => {
  const query = toApiQuery(filters);
  const typed = {
    ...query,
    urgency: query.urgency.map(Number),
    amount_from: query.amount_from && Number(query.amount_from),
    amount_to: query.amount_to && Number(query.amount_to),
  };
  return Object.fromEntries(
    Object.entries(typed).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
};

/** Filters that a saved view keeps, read as an address is. */
export const fromBody = (kept: Readonly<Record<string, unknown>>): CaseFilters => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(kept)) {
    for (const item of Array.isArray(value) ? value : [value]) params.append(name, String(item));
  }
  return readFilters(params);
};

export const VIEWS = {
  mine: { ...NO_FILTERS, status: OPEN_STATUSES, assignee: "me", sort: "next_deadline" },
  unread: { ...NO_FILTERS, status: OPEN_STATUSES, unread: true, sort: "-updated_at" },
  unassigned: { ...NO_FILTERS, status: OPEN_STATUSES, assignee: "none", sort: "urgency" },
  due: { ...NO_FILTERS, status: OPEN_STATUSES, pressing: true, sort: "next_deadline" },
  fresh: { ...NO_FILTERS, status: ["submitted", "triage"] },
  all: NO_FILTERS,
} as const satisfies Record<string, CaseFilters>;

export const VIEW_NAMES = ["mine", "unread", "unassigned", "due", "fresh", "all"] as const;
export type ViewName = (typeof VIEW_NAMES)[number];

export const LAYOUTS = ["list", "board_status", "board_term"] as const;
export type ListLayout = (typeof LAYOUTS)[number];
