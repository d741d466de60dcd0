"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useMemo } from "react";

import { codeIn } from "@/lib/story-codes";

import { type CaseFilters, LAYOUTS, type ListLayout, readFilters, writeFilters } from "../filters";

const queryOf = (filters: CaseFilters, layout: ListLayout, peek: string | null): string => {
  const text = [
    writeFilters(filters),
    layout === "list" ? "" : `layout=${layout}`,
    peek ? `peek=${peek}` : "",
  ]
    .filter(Boolean)
    .join("&");
  return text;
};

const toAddress = (query: string) => `${window.location.pathname}${query ? `?${query}` : ""}`;

let last = "";

/** The filters of the list as this tab had them, so that the way back from a case leads to the same list. */
export const lastListAddress = () => `/staff/cases${last}`;

/** Filters, layout and the opened glance live in the address: it can be kept, sent to a colleague and gone back from. */
export const useListAddress = () => {
  const params = useSearchParams();
  const text = params.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(text)), [text]);
  const layout = codeIn(LAYOUTS, params.get("layout") ?? "") ?? "list";
  const peek = params.get("peek");
  const kept = queryOf(filters, layout, null);
  useEffect(() => {
    last = kept ? `?${kept}` : "";
  }, [kept]);

  const setView = useCallback((next: CaseFilters, nextLayout: ListLayout) => {
    window.history.pushState(null, "", toAddress(queryOf(next, nextLayout, null)));
  }, []);
  const setFilters = useCallback((next: CaseFilters) => setView(next, layout), [setView, layout]);
  const setLayout = useCallback((next: ListLayout) => setView(filters, next), [setView, filters]);
  const setPeek = useCallback(
    (caseId: string | null) =>
      window.history.replaceState(null, "", toAddress(queryOf(filters, layout, caseId))),
    [filters, layout],
  );
  return { filters, setFilters, layout, setLayout, setView, peek, setPeek, isBare: text === "" };
};
