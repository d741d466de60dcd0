"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ChevronRight, Plus } from "lucide-react";
import { useTranslations } from "next-intl";

import type { CaseRow } from "@/api/types";
import { DeadlineBar } from "@/components/deadline-bar";
import { EmptyState, ProblemState } from "@/components/state-panels";
import { Badge } from "@/components/ui/badge";
import { Button, buttonStyles } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { formatMoney } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { ownCasesQuery } from "../queries";

const isDraft = (row: CaseRow) => row.status === "draft";

const CaseCard = ({ row }: { row: CaseRow }) => {
  const t = useTranslations("cases");
  const draft = isDraft(row);
  return (
    <li>
      <Link
        href={draft ? "/apply" : `/cases/${row.id}`}
        className="flex items-start gap-3 rounded-card border border-line bg-surface p-4 hover:border-primary"
      >
        <div className="flex min-w-0 flex-1 flex-col gap-2">
          <div className="flex flex-wrap items-center gap-2">
            <span className="font-semibold text-ink">{draft ? t("draft") : row.number}</span>
            <Badge tone={draft ? "warning" : "primary"}>{row.status_label}</Badge>
          </div>
          <p className="text-text">{draft ? t("draftText") : row.headline}</p>
          {row.creditors.length > 0 && (
            <p className="text-sm text-muted">
              {row.creditors.join(", ")}
              {row.total_tiyn !== null && ` · ${formatMoney(row.total_tiyn)}`}
            </p>
          )}
          {row.next_deadline && (
            <div className="flex flex-col gap-1">
              <p className="text-sm text-muted">{row.next_deadline.title}</p>
              <DeadlineBar
                due={row.next_deadline.due}
                daysLeft={row.next_deadline.days_left}
                state={
                  row.next_deadline.days_left === 0
                    ? "today"
                    : row.next_deadline.days_left < 0
                      ? "missed"
                      : "running"
                }
                critical={row.next_deadline.critical}
                size="dense"
              />
            </div>
          )}
        </div>
        <ChevronRight aria-hidden className="mt-0.5 size-5 shrink-0 text-muted" />
      </Link>
    </li>
  );
};

/** A person's own cases, newest first. */
export const CaseList = () => {
  const t = useTranslations("cases");
  const common = useTranslations("common");
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(ownCasesQuery);
  const apply = (
    <Link href="/apply" className={buttonStyles({ variant: "primary" })}>
      <Plus aria-hidden className="size-5" />
      {t("newCase")}
    </Link>
  );
  if (!data && error) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading label={common("loading")} className="flex flex-col gap-3">
        <Skeleton className="h-32" />
        <Skeleton className="h-32" />
      </Loading>
    );
  }
  const rows = data.pages.flatMap((page) => page.items);
  if (rows.length === 0) {
    return (
      <EmptyState title={t("emptyTitle")} text={t("emptyText")}>
        {apply}
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <ul className="flex flex-col gap-3">
        {rows.map((row) => (
          <CaseCard key={row.id} row={row} />
        ))}
      </ul>
      {hasNextPage && (
        <Button
          variant="secondary"
          busy={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
          className="self-start"
        >
          {t("more")}
        </Button>
      )}
      {!rows.some(isDraft) && <div>{apply}</div>}
    </div>
  );
};
