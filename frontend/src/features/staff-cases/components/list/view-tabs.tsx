"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";

import { cn } from "@/lib/cn";
import { codeIn } from "@/lib/story-codes";

import {
  type CaseFilters,
  fromBody,
  LAYOUTS,
  type ListLayout,
  VIEW_NAMES,
  type ViewName,
  VIEWS,
  writeFilters,
} from "../../filters";
import { viewHeadQuery } from "../../list-queries";
import { caseCountsQuery } from "../../queries";
import type { CaseCounts } from "../../types";
import { ViewMenu } from "./view-menu";

const countOf = (counts: CaseCounts, view: ViewName): number | null => {
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
    case "unread":
      return null;
  }
};

/** Beyond what is counted a tab only says that there are more. */
const shown = (count: number, countedTo: number): string =>
  count >= countedTo ? `${countedTo - 1}+` : String(count);

interface Tab {
  id: string;
  name: string;
  filters: CaseFilters;
  layout: ListLayout;
  count: string | null;
  isPressing: boolean;
}

/** Built-in views and saved ones in this person's order; those that the order does not name follow. */
export const useViews = (): Tab[] => {
  const t = useTranslations("staff.views");
  const { data: counts } = useQuery(caseCountsQuery);
  const { data: head } = useQuery(viewHeadQuery);
  const built = VIEW_NAMES.map((name) => {
    const count = counts ? countOf(counts, name) : null;
    return {
      id: name,
      name: t(name),
      filters: VIEWS[name],
      layout: "list" as const,
      count: counts && count !== null ? shown(count, counts.counted_to) : null,
      isPressing: name === "due" && Boolean(count),
    };
  });
  const saved = (head?.items ?? []).map((view) => ({
    id: view.id,
    name: view.name,
    filters: fromBody(view.filters),
    layout: codeIn(LAYOUTS, view.layout) ?? ("list" as const),
    count: null,
    isPressing: false,
  }));
  const order = head?.preference.order ?? [];
  const placeOf = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  return [...built, ...saved].sort((a, b) => placeOf(a.id) - placeOf(b.id));
};

interface ViewTabsProps {
  filters: CaseFilters;
  layout: ListLayout;
  onView: (filters: CaseFilters, layout: ListLayout) => void;
}

/** Kept views: each is a set of filters, and the number is how many cases stand behind it. */
export const ViewTabs = ({ filters, layout, onView }: ViewTabsProps) => {
  const t = useTranslations("staff.views");
  const tabs = useViews();
  const here = writeFilters(filters);
  const current = tabs.find((tab) => writeFilters(tab.filters) === here)?.id;
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the chosen view may stand beyond the edge of the bar.
    const chosen = bar.current?.querySelector<HTMLElement>('[aria-pressed="true"]');
    if (chosen && bar.current) bar.current.scrollLeft = chosen.offsetLeft - bar.current.offsetLeft - 16;
  }, [current]);
  return (
    <div className="flex items-center gap-1">
      <nav ref={bar} aria-label={t("name")} className="-mx-1 flex min-w-0 gap-1 overflow-x-auto px-1 py-1">
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            aria-pressed={tab.id === current}
            onClick={() => onView(tab.filters, tab.layout)}
            className={cn(
              "inline-flex min-h-11 shrink-0 items-center gap-2 rounded-field px-3 text-sm font-medium text-text hover:bg-primary-soft sm:min-h-9",
              tab.id === current && "bg-primary-soft text-primary",
            )}
          >
            {tab.name}
            {tab.count !== null && (
              <span
                className={cn(
                  "min-w-7 rounded-full bg-canvas px-2 py-0.5 text-center text-xs text-muted ring-1 ring-line ring-inset",
                  tab.isPressing && "text-danger",
                )}
              >
                {tab.count}
              </span>
            )}
          </button>
        ))}
      </nav>
      <ViewMenu filters={filters} layout={layout} current={current} tabs={tabs} />
    </div>
  );
};
