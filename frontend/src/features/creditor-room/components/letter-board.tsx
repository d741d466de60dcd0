"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { BoardFrame, BoardList } from "@/components/desk/board";
import { formatMoney } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { type LetterFilters, lettersQuery, roomCountsQuery } from "../queries";
import { type RoomTab, TABS } from "../types";
import { TermMark } from "./term-mark";

const Pile = ({ tab, filters }: { tab: RoomTab; filters: Omit<LetterFilters, "tab"> }) => {
  const tabs = useTranslations("room.tabs");
  const { data: counts } = useQuery(roomCountsQuery);
  const query = useInfiniteQuery(lettersQuery({ ...filters, tab }));
  const letters = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <BoardList
      title={tabs(tab)}
      figure={counts ? String(counts[tab]) : "…"}
      error={query.error}
      isPending={query.isPending}
      isEmpty={letters.length === 0}
      onRetry={() => void query.refetch()}
      onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
      isLoadingMore={query.isFetchingNextPage}
    >
      {letters.map((letter) => (
        <li key={letter.id}>
          <Link
            href={`/creditor/letters/${letter.id}`}
            prefetch={false}
            className="flex flex-col gap-1 rounded-field border border-line bg-surface p-3 hover:border-primary"
          >
            <span className="font-semibold text-ink">{letter.borrower_name}</span>
            <span className="text-xs text-muted">{letter.case_number}</span>
            <span className="font-medium tabular-nums">{formatMoney(letter.debt_tiyn)}</span>
            <TermMark due={letter.due} daysLeft={letter.days_left} />
            <span className="text-xs text-muted">
              {[letter.state_label, letter.assignee?.full_name].filter(Boolean).join(" · ")}
            </span>
          </Link>
        </li>
      ))}
    </BoardList>
  );
};

/** Letters in columns by pile; each is opened to be moved on, because every move of a letter says something. */
export const LetterBoard = ({ filters }: { filters: Omit<LetterFilters, "tab"> }) => (
  <BoardFrame>
    {TABS.map((tab) => (
      <Pile key={tab} tab={tab} filters={filters} />
    ))}
  </BoardFrame>
);
