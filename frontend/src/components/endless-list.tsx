"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";

import type { Page } from "@/api/types";
import { ProblemAlert } from "@/components/problem-alert";
import { ProblemState } from "@/components/state-panels";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";

interface EndlessQuery<T> {
  data: { pages: Page<T>[] } | undefined;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

interface EndlessListProps<T> {
  query: EndlessQuery<T>;
  /** What the list is, for screen readers. */
  label: string;
  empty: ReactNode;
  moreLabel: string;
  children: (item: T) => ReactNode;
}

/** A long list by pages: newest first, more on a press, the focus goes to the first row that came. */
export const EndlessList = <T extends { id: string }>({
  query,
  label,
  empty,
  moreLabel,
  children,
}: EndlessListProps<T>) => {
  const t = useTranslations("common");
  const list = useRef<HTMLOListElement>(null);
  const shownBefore = useRef<number | null>(null);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];

  useEffect(() => {
    const before = shownBefore.current;
    if (before === null || items.length <= before) return;
    shownBefore.current = null;
    const first = list.current?.children[before];
    if (first instanceof HTMLElement) first.focus({ preventScroll: true });
  }, [items.length]);

  if (!query.data) {
    if (query.error) return <ProblemState error={query.error} onRetry={() => void query.refetch()} />;
    return (
      <Loading label={t("loading")} className="flex flex-col gap-3">
        <Skeleton className="h-20" />
        <Skeleton className="h-20" />
        <Skeleton className="h-20" />
      </Loading>
    );
  }
  if (items.length === 0) return empty;
  return (
    <div className="flex flex-col gap-4">
      <ol ref={list} aria-label={label} className="flex flex-col gap-3">
        {items.map((item) => (
          <li key={item.id} tabIndex={-1}>
            {children(item)}
          </li>
        ))}
      </ol>
      <ProblemAlert error={query.error} />
      {query.hasNextPage && (
        <Button
          variant="secondary"
          busy={query.isFetchingNextPage}
          className="self-start"
          onClick={() => {
            shownBefore.current = items.length;
            void query.fetchNextPage();
          }}
        >
          {moreLabel}
        </Button>
      )}
    </div>
  );
};
