"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type DragEvent, useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import { formatMoney } from "@/lib/format";
import { useProblemText } from "@/lib/use-problem-text";

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
  const describe = useProblemText();
  const id = useId();
  const [isOver, setOver] = useState(false);
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } =
    useInfiniteQuery(caseListQuery(query, text));
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  const over = (event: DragEvent) => {
    if (!onDrop) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    <section
      aria-labelledby={id}
      {...{ [COLUMN_ATTRIBUTE]: name }}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={() => {
        setOver(false);
        const row = draggedRow();
        if (row) onDrop?.(row);
      }}
      className={cn(
        "flex w-72 shrink-0 flex-col gap-2 rounded-card border border-line bg-canvas p-2",
        isOver && "border-primary bg-primary-soft",
      )}
    >
      <header className="flex items-baseline justify-between gap-2 px-1">
        <h2 id={id} className="min-w-0 truncate font-semibold">
          {title}
        </h2>
        <p className="shrink-0 text-xs text-muted tabular-nums">
          {count === null ? "…" : t("count", { count })}
          {totalTiyn ? ` · ${formatMoney(totalTiyn)}` : ""}
        </p>
      </header>
      {error && !data ? (
        <div className="flex flex-col items-start gap-2 px-1 text-warning">
          {describe(error)}
          <Button variant="secondary" size="dense" onClick={() => void refetch()}>
            {t("again")}
          </Button>
        </div>
      ) : isPending ? (
        <>
          <Skeleton className="h-24" />
          <Skeleton className="h-24" />
        </>
      ) : rows.length === 0 ? (
        <p className="px-1 text-muted">{t("empty")}</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {rows.map((row) => (
            <BoardCard key={row.id} row={row} isPeeked={row.id === peek} isMovable={Boolean(onDrop)} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button
          data-more
          variant="quiet"
          size="dense"
          busy={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
    </section>
  );
};
