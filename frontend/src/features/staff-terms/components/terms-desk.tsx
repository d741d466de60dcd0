"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { CalendarDays, List } from "lucide-react";
import { useTranslations } from "next-intl";

import { ListFrame } from "@/components/desk/list-frame";
import { Desk, PageHead } from "@/components/desk/page-head";
import { Button } from "@/components/ui/button";
import { useHints } from "@/lib/realtime";
import { useUrlFilters } from "@/lib/use-url-filters";

import { STAGES, termCountsQuery, type TermFilters, termKeys, termsQuery } from "../queries";
import { useRowKeys } from "../row-keys";
import { StageTabs } from "./stage-tabs";
import { TermFilterBar } from "./term-filter-bar";
import { TermList } from "./term-list";
import { TermMonthView } from "./term-month";

const FILTERS = ["stage", "bound", "rule", "assignee", "critical", "due", "view", "month"] as const;

const HINTED = [termKeys.all];

/** All terms of the cases that the reader works with, as a list or a month. */
export const TermsDesk = ({ today }: { today: string }) => {
  const t = useTranslations("staffTerms");
  const { get, set, clear } = useUrlFilters(FILTERS);
  const filters: TermFilters = {
    stage: STAGES.some((stage) => stage === get("stage")) ? get("stage") : "",
    bound: get("bound"),
    rule: get("rule"),
    assignee: get("assignee"),
    critical: get("critical") === "true" ? "true" : "",
    due: get("due"),
  };
  const isMonth = get("view") === "month";
  const counts = useQuery(termCountsQuery(filters));
  const list = useInfiniteQuery({ ...termsQuery(filters), enabled: !isMonth });
  const onKeyDown = useRowKeys();
  useHints("staff", HINTED);
  const terms = list.data?.pages.flatMap((page) => page.items) ?? [];
  const isNarrowed = Object.values(filters).some(Boolean);
  return (
    <Desk>
      <PageHead
        title={t("title")}
        lead={t("lead")}
        actions={
          <Button
            variant="secondary"
            size="dense"
            className="max-sm:min-h-11"
            onClick={() => set({ view: isMonth ? "" : "month", due: "" })}
          >
            {isMonth ? (
              <List aria-hidden className="size-4" />
            ) : (
              <CalendarDays aria-hidden className="size-4" />
            )}
            {t(isMonth ? "asList" : "asMonth")}
          </Button>
        }
      />
      {!isMonth && (
        <StageTabs value={filters.stage} counts={counts.data} onValue={(stage) => set({ stage, due: "" })} />
      )}
      <TermFilterBar
        filters={filters}
        counts={counts.data}
        isNarrowed={isNarrowed}
        onChange={set}
        onClear={clear}
      />
      {isMonth ? (
        <TermMonthView
          month={/^\d{4}-\d{2}$/.test(get("month")) ? get("month") : today.slice(0, 7)}
          today={today}
          filters={filters}
          onMonth={(month) => set({ month })}
          onDay={(due) => set({ view: "", due, stage: "" })}
        />
      ) : (
        <ListFrame
          query={list}
          count={terms.length}
          isNarrowed={isNarrowed}
          onClear={clear}
          empty={{ title: t("emptyTitle"), text: t("emptyText") }}
        >
          {}
          <div onKeyDown={onKeyDown}>
            <TermList terms={terms} />
            <p className="mt-2 hidden text-xs text-muted md:block">{t("keys")}</p>
          </div>
        </ListFrame>
      )}
    </Desk>
  );
};
