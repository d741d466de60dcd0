"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useMemo } from "react";

import { type CaseFilters, readFilters, writeFilters } from "../filters";

const addressOf = (filters: CaseFilters, peek: string | null) => {
  const text = [writeFilters(filters), peek ? `peek=${peek}` : ""].filter(Boolean).join("&");
  return `${window.location.pathname}${text ? `?${text}` : ""}`;
};

let last = "";

/** The filters of the list as this tab had them, so that the way back from a case leads to the same list. */
export const lastListAddress = () => `/staff/cases${last}`;

/** Filters and the opened glance live in the address: it can be kept, sent to a colleague and gone back from. */
export const useListAddress = () => {
  const params = useSearchParams();
  const text = params.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(text)), [text]);
  const peek = params.get("peek");
  const kept = writeFilters(filters);
  useEffect(() => {
    last = kept ? `?${kept}` : "";
  }, [kept]);

  const setFilters = useCallback((next: CaseFilters) => {
    window.history.pushState(null, "", addressOf(next, null));
  }, []);
  const setPeek = useCallback(
    (caseId: string | null) => window.history.replaceState(null, "", addressOf(filters, caseId)),
    [filters],
  );
  return { filters, setFilters, peek, setPeek };
};
