"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type DragEvent, useState } from "react";

import { BoardList } from "@/components/desk/board";
import { formatMoney } from "@/lib/format";

import type { CaseQuery } from "../../filters";
import { COLUMN_ATTRIBUTE } from "../../hooks/use-list-keys";
import { caseListQuery } from "../../queries";
import type { StaffCaseRow } from "../../types";
import { BoardCard, draggedRow } from "./board-card";

interface BoardColumnProps {
  name: string;
  title: string;
  query: CaseQuery & { column?: string };
  text: string;
  count: number | null;
  totalTiyn: number | null;
  peek: string | null;
  /** Without it nothing can be dropped here: a term cannot be moved by hand. */
  onDrop?: (row: StaffCaseRow) => void;
}

export const BoardColumn = ({
  name,
  title,
  query,
  text,
  count,
  totalTiyn,
  peek,
  onDrop,
}: BoardColumnProps) => {
  const t = useTranslations("caseList.board");
  const [isOver, setOver] = useState(false);
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } =
    useInfiniteQuery(caseListQuery(query, text));
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  const amount = totalTiyn ? ` · ${formatMoney(totalTiyn)}` : "";
  const section = {
    [COLUMN_ATTRIBUTE]: name,
    className: isOver ? "border-primary bg-primary-soft" : undefined,
    onDragOver: (event: DragEvent) => {
      if (!onDrop) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: () => {
      setOver(false);
      const row = draggedRow();
      if (row) onDrop?.(row);
    },
  };
  return (
    <BoardList
      title={title}
      figure={`${count === null ? "…" : t("count", { count })}${amount}`}
      error={error}
      isPending={isPending}
      isEmpty={rows.length === 0}
      onRetry={() => void refetch()}
      onMore={hasNextPage ? () => void fetchNextPage() : undefined}
      isLoadingMore={isFetchingNextPage}
      section={section}
    >
      {rows.map((row) => (
        <BoardCard key={row.id} row={row} isPeeked={row.id === peek} isMovable={Boolean(onDrop)} />
      ))}
    </BoardList>
  );
};
