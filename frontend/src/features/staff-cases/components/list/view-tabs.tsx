"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";

import { cn } from "@/lib/cn";

import { type CaseFilters, VIEW_NAMES, type ViewName, viewOf, VIEWS } from "../../filters";
import { caseCountsQuery } from "../../queries";
import type { CaseCounts } from "../../types";

const countOf = (counts: CaseCounts, view: ViewName): number => {
  const status = (code: string) => counts.by_status[code] ?? 0;
  switch (view) {
    case "mine":
      return counts.mine;
    case "unassigned":
      return counts.unassigned;
    case "due":
      return counts.pressing;
    case "fresh":
      return status("submitted") + status("triage");
    case "all":
      return Object.values(counts.by_status).reduce((sum, count) => sum + count, 0);
  }
};

/** Kept views: each is a set of filters, and the number is how many cases stand behind it. */
export const ViewTabs = ({
  filters,
  onFilters,
}: {
  filters: CaseFilters;
  onFilters: (filters: CaseFilters) => void;
}) => {
  const t = useTranslations("staff.views");
  const { data: counts } = useQuery(caseCountsQuery);
  const current = viewOf(filters);
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the chosen view may stand beyond the edge of the bar.
    const chosen = bar.current?.querySelector<HTMLElement>('[aria-pressed="true"]');
    if (chosen && bar.current) bar.current.scrollLeft = chosen.offsetLeft - bar.current.offsetLeft - 16;
  }, [current]);
  return (
    <nav ref={bar} aria-label={t("name")} className="-mx-1 flex gap-1 overflow-x-auto px-1 py-1">
      {VIEW_NAMES.map((view) => (
        <button
          key={view}
          type="button"
          aria-pressed={view === current}
          onClick={() => onFilters(VIEWS[view])}
          className={cn(
            "inline-flex min-h-11 shrink-0 items-center gap-2 rounded-field px-3 text-sm font-medium text-text hover:bg-primary-soft",
            view === current && "bg-primary-soft text-primary",
          )}
        >
          {t(view)}
          <span
            className={cn(
              "min-w-7 rounded-full bg-canvas px-2 py-0.5 text-center text-xs text-muted ring-1 ring-line ring-inset",
              view === "due" && counts && countOf(counts, view) > 0 && "text-danger",
            )}
          >
            {counts ? countOf(counts, view) : "…"}
          </span>
        </button>
      ))}
    </nav>
  );
};
