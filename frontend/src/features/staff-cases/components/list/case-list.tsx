"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Keyboard } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef, useState } from "react";

import { ProblemState } from "@/components/state-panels";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { useHints } from "@/lib/realtime";
import { useProblemText } from "@/lib/use-problem-text";

import { DEFAULT_SORT, NO_FILTERS, toApiQuery, writeFilters } from "../../filters";
import { useListAddress } from "../../hooks/use-list-address";
import { useListKeys } from "../../hooks/use-list-keys";
import { useQuiet } from "../../hooks/use-quiet";
import { useWide } from "../../hooks/use-wide";
import { caseListQuery, staffCaseKeys } from "../../queries";
import { CaseCards } from "./case-cards";
import { CasePeek } from "./case-peek";
import { CaseTable } from "./case-table";
import { FilterBar } from "./filter-bar";
import { ListEmpty, ListLoading } from "./list-states";
import { SearchBox } from "./search-box";
import { ShortcutsDialog } from "./shortcuts-dialog";
import { ViewTabs } from "./view-tabs";

const SHORTEST_SEARCH = 2;

/** Brings the next page when its end comes into sight. */
const MorePages = ({ busy, onMore }: { busy: boolean; onMore: () => void }) => {
  const t = useTranslations("staff.list");
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onMore();
      },
      { rootMargin: "400px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [onMore]);
  return (
    <div ref={end} className="flex justify-center p-4">
      <Button data-more variant="secondary" size="dense" busy={busy} onClick={onMore}>
        {t("more")}
      </Button>
    </div>
  );
};

/** The manager's desk: views, filters, search and the cases behind them. */
export const CaseList = () => {
  const t = useTranslations("staff.list");
  const describe = useProblemText();
  const { filters, setFilters, peek, setPeek } = useListAddress();
  const [typed, setTyped] = useState("");
  const [isHelpOpen, setHelpOpen] = useState(false);
  const words = useQuiet(typed.trim());
  const text = words.length >= SHORTEST_SEARCH ? words : "";
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const isWide = useWide();
  const { data, error, isPending, isPlaceholderData, isFetching, fetchNextPage, hasNextPage, ...query } =
    useInfiniteQuery(caseListQuery(toApiQuery(filters), text));
  useHints("staff", [staffCaseKeys.lists]);

  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const togglePeek = useCallback((id: string) => setPeek(id === peek ? null : id), [peek, setPeek]);
  const followPeek = useCallback((id: string) => peek && setPeek(id), [peek, setPeek]);
  const closePeek = useCallback(() => setPeek(null), [setPeek]);
  const showHelp = useCallback(() => setHelpOpen(true), []);
  useListKeys({
    list,
    search,
    onPeek: togglePeek,
    onActive: followPeek,
    onEscape: closePeek,
    onHelp: showHelp,
  });
  const isNarrowed = writeFilters({ ...filters, sort: DEFAULT_SORT }) !== "";
  const because = text ? "search" : isNarrowed ? "filters" : "nothing";
  const reset = () => (text ? setTyped("") : setFilters(NO_FILTERS));

  return (
    <div className="flex flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex flex-col gap-2 border-b border-line bg-surface px-4 pt-3 pb-2">
          <div className="flex items-center gap-3">
            <h1 className="text-lg font-semibold">{t("title")}</h1>
            <SearchBox
              input={search}
              value={typed}
              busy={isFetching && !query.isFetchingNextPage && text !== ""}
              onValueChange={setTyped}
            />
            <button
              type="button"
              onClick={showHelp}
              className="hidden min-h-11 items-center gap-1.5 rounded-field px-2 text-sm text-muted hover:bg-primary-soft lg:inline-flex"
            >
              <Keyboard aria-hidden className="size-5" />
              {t("keys")}
            </button>
          </div>
          <ViewTabs filters={filters} onFilters={setFilters} />
          <FilterBar filters={filters} onFilters={setFilters} />
        </div>
        <p aria-live="polite" className="sr-only">
          {data && !isPlaceholderData ? t("found", { count: rows.length }) : ""}
        </p>
        <div
          ref={list}
          aria-busy={isPlaceholderData || undefined}
          className={cn("@container flex-1 bg-surface", isPlaceholderData && "opacity-60")}
        >
          {error && data && (
            <Alert tone="warning" className="m-3 text-sm" live>
              {describe(error)}
            </Alert>
          )}
          {error && !data ? (
            <div className="px-4 py-10">
              <ProblemState error={error} onRetry={() => void query.refetch()} />
            </div>
          ) : isPending ? (
            <ListLoading />
          ) : rows.length === 0 ? (
            <ListEmpty because={because} onReset={reset} />
          ) : (
            <>
              {isWide ? <CaseTable rows={rows} peek={peek} /> : <CaseCards rows={rows} />}
              {hasNextPage && <MorePages busy={query.isFetchingNextPage} onMore={more} />}
            </>
          )}
        </div>
      </div>
      {peek && <CasePeek caseId={peek} onClose={closePeek} />}
      <ShortcutsDialog open={isHelpOpen} onOpenChange={setHelpOpen} />
    </div>
  );
};
