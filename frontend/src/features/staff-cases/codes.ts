/** Codes of the API that staff choose from; their labels stand in the catalogue under `staff`. */
export const STATUSES = [
  "submitted",
  "triage",
  "awaiting_borrower",
  "active",
  "suspended",
  "monitoring",
  "closed",
  "cancelled",
  "declined",
  "archived",
] as const;

/** Statuses in which somebody still has to do something. */
export const OPEN_STATUSES = STATUSES.slice(0, 6);

export const isOpenStatus = (status: string): boolean => OPEN_STATUSES.some((open) => open === status);

/** Stages of the next term, the most pressing first. */
export const STAGES = ["overdue", "today", "in3", "in7", "later", "none"] as const;

export const LANGUAGES = ["ru", "kk", "en"] as const;

/** Columns of the list that a person may choose, in the order in which they are offered. */
export const COLUMNS = [
  "creditors",
  "amount",
  "status",
  "urgency",
  "term",
  "assignee",
  "tracks",
  "tags",
  "queue",
  "source",
  "language",
  "submitted",
  "created",
  "updated",
] as const;
export type ColumnName = (typeof COLUMNS)[number];

export const URGENCIES = ["1", "2", "3", "4"] as const;

export const OUTCOMES = [
  "SCHEDULE_CHANGED",
  "DEFERRAL",
  "TERM_EXTENDED",
  "RATE_CUT",
  "PENALTY_FORGIVEN",
  "INTEREST_FORGIVEN",
  "PRINCIPAL_PARTLY_FORGIVEN",
  "CURRENCY_CHANGED",
  "COLLATERAL_SOLD_BY_BORROWER",
  "MEDIATED",
  "INSCRIPTION_CANCELLED",
  "BANKRUPTCY_STARTED",
  "BANKRUPTCY_DONE",
  "REFUSED",
  "NO_REPLY",
  "WITHDRAWN",
  "NOT_ELIGIBLE",
  "DUPLICATE",
] as const;

export const DECLINE_REASONS = ["NOT_OUR_SUBJECT", "CONFLICT", "FRAUD", "DUPLICATE"] as const;

/** Dated facts that a manager writes down; terms follow from them. */
export const FACT_KINDS = [
  "APPLICATION_RECEIVED",
  "REFUSED",
  "NO_REPLY",
  "OFFER_RECEIVED",
  "AGREED",
  "INSCRIPTION_MADE",
  "INSCRIPTION_RECEIVED",
  "OBJECTION_RECEIVED",
  "OMBUDSMAN_ACCEPTED",
  "COMPLAINT_REGISTERED",
  "ASSIGNMENT",
  "COLLECTOR_CONTACT",
  "COURT_DATE",
  "PROPERTY_ARREST",
  "LAST_PAYMENT",
  "MEDIATION_CONTRACT",
] as const;

/** A hearing is usually ahead; everything else has happened. */
export const FACTS_AHEAD: ReadonlySet<string> = new Set<FactKind>(["COURT_DATE"]);

export type Urgency = (typeof URGENCIES)[number];
export type FactKind = (typeof FACT_KINDS)[number];
