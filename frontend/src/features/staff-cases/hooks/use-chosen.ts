"use client";

import { useState } from "react";

import { type CaseFilters, writeFilters } from "../filters";
import type { Selection } from "../list-mutations";
import type { StaffCaseRow } from "../types";

const NOTHING: ReadonlySet<string> = new Set();

/** Chosen cases of a list. Another narrowing empties the choice: nobody changes what is no longer before his eyes. */
export const useChosen = (rows: readonly StaffCaseRow[], filters: CaseFilters, text: string) => {
  const here = `${writeFilters(filters)} ${text}`;
  const [kept, setKept] = useState({ here, ids: NOTHING, isAllFound: false });
  const current = kept.here === here ? kept : { here, ids: NOTHING, isAllFound: false };
  const put = (ids: ReadonlySet<string>, isAllFound = false) => setKept({ here, ids, isAllFound });
  const isAll = rows.length > 0 && rows.every((row) => current.ids.has(row.id));
  const selection: Selection = {
    ids: [...current.ids],
    found: current.isAllFound ? { filters, text } : null,
  };
  return {
    ids: current.ids,
    selection,
    toggle: (caseId: string) => {
      const ids = new Set(current.ids);
      if (!ids.delete(caseId)) ids.add(caseId);
      put(ids);
    },
    toggleAll: () => put(isAll ? NOTHING : new Set(rows.map((row) => row.id))),
    chooseFound: () => put(new Set(rows.map((row) => row.id)), true),
    clear: () => put(NOTHING),
  };
};
