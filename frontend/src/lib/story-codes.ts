/** Codes of a borrower's story, as the API has them; their neutral names stand in the catalogue under `storyCodes`. */
export const HARDSHIPS = [
  "JOB_LOSS",
  "INCOME_DROP",
  "ILLNESS",
  "FAMILY_ILLNESS",
  "MATERNITY",
  "DIVORCE",
  "BUSINESS_FAILURE",
  "LONG_UNEMPLOYMENT",
  "RETIREMENT_HEALTH",
  "VULNERABLE_INCOME_DROP",
  "EXPECTED_INCOME_DROP",
] as const;

/** What a borrower may ask a creditor for, in the order in which it is offered. */
export const RELIEF_KINDS = [
  "DEFERRAL",
  "TERM_EXTENDED",
  "RATE_CUT",
  "SCHEDULE_CHANGED",
  "PENALTY_FORGIVEN",
  "INTEREST_FORGIVEN",
  "FORGIVENESS",
  "CURRENCY_CHANGED",
  "COLLATERAL_SOLD_BY_BORROWER",
] as const;

/** Everything that may stand in a case, also what comes of an agreement. */
export const RELIEFS = [...RELIEF_KINDS, "PRINCIPAL_PARTLY_FORGIVEN", "MEDIATED"] as const;

/** Finds a code in a list: a code of tomorrow gives undefined, never a broken label. */
export const codeIn = <T extends string>(list: readonly T[], value: string): T | undefined =>
  list.find((code) => code === value);
