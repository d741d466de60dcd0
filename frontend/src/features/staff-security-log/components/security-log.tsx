"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { FilterBar } from "@/components/desk/filter-bar";
import { FilterSelect } from "@/components/desk/filter-select";
import { ListFrame } from "@/components/desk/list-frame";
import { Desk, PageHead } from "@/components/desk/page-head";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { useUrlFilters } from "@/lib/use-url-filters";

import { readLogFilters } from "../filters";
import { logTypesQuery, securityLogQuery } from "../queries";
import { DayFilter } from "./day-filter";
import { LogRows } from "./log-rows";

const FILTERS = ["type", "actor", "person", "since", "until"] as const;

/** Who signed in, looked, changed rights or settings, and when. Nothing here can be changed or taken out. */
export const SecurityLog = () => {
  const t = useTranslations("securityLog");
  const desk = useTranslations("desk");
  const { get, set, clear, isNarrowed } = useUrlFilters(FILTERS);
  const filters = readLogFilters(get);
  const { data: types } = useQuery(logTypesQuery);
  const query = useInfiniteQuery(securityLogQuery(filters));
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Desk>
      <PageHead title={t("title")} lead={t("lead")} />
      <FilterBar isNarrowed={isNarrowed} onClear={clear}>
        <FilterSelect
          label={t("filter.type")}
          all={desk("all")}
          value={filters.type}
          options={(types?.items ?? []).map(({ code, label }) => ({ value: code, label }))}
          onValue={(type) => set({ type })}
        />
        <DayFilter label={t("filter.since")} value={filters.since} onValue={(since) => set({ since })} />
        <DayFilter label={t("filter.until")} value={filters.until} onValue={(until) => set({ until })} />
      </FilterBar>
      {(["person", "actor"] as const)
        .filter((name) => filters[name] !== "")
        .map((name) => (
          <Alert key={name} tone="info" className="items-center py-2">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <p>{t(`only.${name}`)}</p>
              <Button variant="quiet" size="dense" onClick={() => set({ [name]: "" })}>
                {t("only.all")}
              </Button>
            </div>
          </Alert>
        ))}
      <ListFrame
        query={query}
        count={entries.length}
        isNarrowed={isNarrowed}
        onClear={clear}
        empty={{ title: t("emptyTitle"), text: t("emptyText") }}
      >
        <LogRows entries={entries} />
      </ListFrame>
    </Desk>
  );
};
