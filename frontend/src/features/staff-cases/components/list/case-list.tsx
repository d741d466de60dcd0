"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Keyboard, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback, useRef, useState } from "react";

import { AssumedNote } from "@/components/case-search/assumed-note";
import { NoMatches } from "@/components/case-search/no-matches";
import { ProblemState } from "@/components/state-panels";
import { Alert } from "@/components/ui/alert";
import { buttonStyles } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { Link } from "@/lib/i18n/navigation";
import { useHints } from "@/lib/realtime";
import { useProblemText } from "@/lib/use-problem-text";

import { COLUMNS } from "../../codes";
import { DEFAULT_SORT, NO_FILTERS, toApiQuery, writeFilters } from "../../filters";
import { useChosen } from "../../hooks/use-chosen";
import { useFirstView } from "../../hooks/use-first-view";
import { useListAddress } from "../../hooks/use-list-address";
import { type RowKey, useListKeys } from "../../hooks/use-list-keys";
import { useQuiet } from "../../hooks/use-quiet";
import { useWide } from "../../hooks/use-wide";
import { useMarkSeen, useMarkUnseen } from "../../list-mutations";
import { totalsQuery, viewHeadQuery } from "../../list-queries";
import { caseListQuery, staffCaseKeys } from "../../queries";
import { Board } from "./board";
import { BulkBar } from "./bulk-bar";
import { CaseCards } from "./case-cards";
import { CasePeek } from "./case-peek";
import { CaseTable } from "./case-table";
import { FilterBar } from "./filter-bar";
import { LayoutMenu } from "./layout-menu";
import { ListEmpty, ListLoading } from "./list-states";
import { MorePages } from "./more-pages";
import { type RowAct, RowDialogs } from "./row-dialogs";
import { SearchBox } from "./search-box";
import { ShortcutsDialog } from "./shortcuts-dialog";
import { TotalsLine } from "./totals-line";
import { ViewTabs } from "./view-tabs";

const SHORTEST_SEARCH = 2;
const headLink =
  "hidden min-h-11 items-center gap-1.5 rounded-field px-2 text-sm text-muted hover:bg-primary-soft lg:inline-flex";

interface CaseListProps {
  userId: string;
  /** ISO day in Almaty. */
  today: string;
  abilities: readonly string[];
}

/** The manager's desk: views, filters, search and the cases behind them, as a list or as a board. */
export const CaseList = ({ userId, today, abilities }: CaseListProps) => {
  const t = useTranslations("staff.list");
  const list = useTranslations("caseList");
  const describe = useProblemText();
  const { filters, setFilters, layout, setLayout, setView, peek, setPeek, isBare } = useListAddress();
  const [typed, setTyped] = useState("");
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [act, setAct] = useState<{ act: RowAct; caseId: string; step?: string } | null>(null);
  const words = useQuiet(typed.trim());
  const text = words.length >= SHORTEST_SEARCH ? words : "";
  const search = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const isWide = useWide();
  const isBoard = layout !== "list";
  const { data: head } = useQuery(viewHeadQuery);
  const { data: totals } = useQuery(totalsQuery(filters, text));
  const { data, error, isPending, isPlaceholderData, isFetching, fetchNextPage, hasNextPage, ...query } =
    useInfiniteQuery({ ...caseListQuery(toApiQuery(filters), text), enabled: !isBoard });
  useHints("staff", [staffCaseKeys.lists]);
  useFirstView(isBare, setView);

  const columns = COLUMNS.filter((name) => head?.preference.columns.includes(name) ?? name !== "tags");
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = useChosen(rows, filters, text);
  const seen = useMarkSeen();
  const unseen = useMarkUnseen();
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const onRow = (key: RowKey, caseId: string) => {
    if (key === "peek") setPeek(caseId === peek ? null : caseId);
    else if (key === "select") chosen.toggle(caseId);
    else if (key === "unread") {
      const row = rows.find((item) => item.id === caseId);
      (row?.unread ? seen : unseen).mutate(caseId);
    } else setAct({ act: key, caseId });
  };
  useListKeys({
    list: body,
    search,
    onRow,
    onActive: (id) => peek && setPeek(id),
    onEscape: () => (peek ? setPeek(null) : chosen.clear()),
    onHelp: () => setHelpOpen(true),
  });
  const isNarrowed = writeFilters({ ...filters, sort: DEFAULT_SORT }) !== "";
  const because = isNarrowed ? "filters" : "nothing";

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
            <div className="ml-auto flex items-center">
              <LayoutMenu layout={layout} columns={columns} onLayout={setLayout} />
              <Link href="/staff/cases/jobs" prefetch={false} className={headLink}>
                {list("jobs")}
              </Link>
              {abilities.includes("case.import") && (
                <Link href="/staff/cases/import" prefetch={false} className={headLink}>
                  {list("import")}
                </Link>
              )}
              <button type="button" onClick={() => setHelpOpen(true)} className={headLink}>
                <Keyboard aria-hidden className="size-5" />
                <span className="max-xl:sr-only">{t("keys")}</span>
              </button>
              {abilities.includes("case.file_for_others") && (
                <Link
                  href="/staff/cases/new"
                  prefetch={false}
                  className={buttonStyles({ size: "dense", className: "ml-2 max-sm:px-2.5" })}
                >
                  <Plus aria-hidden className="size-4" />
                  <span className="max-sm:sr-only">{list("new")}</span>
                </Link>
              )}
            </div>
          </div>
          <ViewTabs filters={filters} layout={layout} onView={setView} />
          <FilterBar filters={filters} onFilters={setFilters} />
          <TotalsLine totals={totals} />
        </div>
        <p aria-live="polite" className="sr-only">
          {data && !isPlaceholderData ? t("found", { count: rows.length }) : ""}
        </p>
        <div
          ref={body}
          aria-busy={isPlaceholderData || undefined}
          className={cn(
            "@container flex min-w-0 flex-1 flex-col bg-surface",
            isPlaceholderData && "opacity-60",
          )}
        >
          {error && data && (
            <Alert tone="warning" className="m-3 text-sm" live>
              {describe(error)}
            </Alert>
          )}
          {isBoard ? (
            <Board
              key={layout}
              by={layout === "board_term" ? "term" : "status"}
              filters={filters}
              text={text}
              peek={peek}
              onStep={(caseId, step) => setAct({ act: "step", caseId, step })}
            />
          ) : error && !data ? (
            <div className="px-4 py-10">
              <ProblemState error={error} onRetry={() => void query.refetch()} />
            </div>
          ) : isPending ? (
            <ListLoading />
          ) : rows.length === 0 && text ? (
            <NoMatches
              words={text}
              tried={data.pages[0]?.tried ?? []}
              isFiltered={isNarrowed}
              onWords={setTyped}
              onClearFilters={() => setFilters(NO_FILTERS)}
            />
          ) : rows.length === 0 ? (
            <ListEmpty because={because} onReset={() => setFilters(NO_FILTERS)} />
          ) : (
            <>
              <AssumedNote assumed={data.pages[0]?.assumed ?? []} />
              {isWide ? (
                <CaseTable
                  rows={rows}
                  columns={columns}
                  peek={peek}
                  chosen={chosen.ids}
                  onToggle={chosen.toggle}
                  onToggleAll={chosen.toggleAll}
                />
              ) : (
                <CaseCards rows={rows} />
              )}
              {hasNextPage && <MorePages busy={query.isFetchingNextPage} onMore={more} />}
            </>
          )}
        </div>
        {chosen.ids.size > 0 && !isBoard && (
          <BulkBar
            selection={chosen.selection}
            count={chosen.selection.found ? (totals?.whole.count ?? chosen.ids.size) : chosen.ids.size}
            found={totals?.whole.count ?? null}
            canExport={abilities.includes("case.export")}
            today={today}
            sort={filters.sort}
            columns={columns}
            onAllFound={chosen.chooseFound}
            onClear={chosen.clear}
          />
        )}
      </div>
      {peek && <CasePeek caseId={peek} onClose={() => setPeek(null)} />}
      {act && <RowDialogs {...act} userId={userId} today={today} onClose={() => setAct(null)} />}
      <ShortcutsDialog open={isHelpOpen} onOpenChange={setHelpOpen} />
    </div>
  );
};
