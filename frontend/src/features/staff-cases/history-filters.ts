/** Groups of events that the history can be narrowed to, and the sides that did something. */
export const GROUPS = ["state", "facts", "debts", "letters", "comments", "people", "other"] as const;
export const SIDES = ["borrower", "representative", "staff", "specialist", "creditor", "system"] as const;

export interface HistoryFilters {
  kind: readonly (typeof GROUPS)[number][];
  who: readonly (typeof SIDES)[number][];
  /** ISO days, both included; empty for no limit. */
  after: string;
  before: string;
  on_behalf: boolean;
  changed: boolean;
}

export const EVERYTHING: HistoryFilters = {
  kind: [],
  who: [],
  after: "",
  before: "",
  on_behalf: false,
  changed: false,
};

/** What goes into the address: nothing for what is not narrowed. */
export const historyQuery = (filters: HistoryFilters) => ({
  kind: filters.kind,
  who: filters.who,
  after: filters.after,
  before: filters.before,
  on_behalf: filters.on_behalf || undefined,
  changed: filters.changed || undefined,
});
