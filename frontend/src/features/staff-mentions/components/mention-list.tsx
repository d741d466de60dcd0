"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { CheckCheck } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { EmptyState, ProblemState } from "@/components/state-panels";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import { formatDateTime } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { type Mention, mentionsQuery, useMarkSeen } from "../queries";

const Row = ({ mention, onOpen }: { mention: Mention; onOpen: () => void }) => {
  const t = useTranslations("staffMentions");
  const locale = useLocale();
  const isNew = mention.seen_at === null;
  return (
    <li className={cn("rounded-card border border-line bg-surface", isNew && "border-l-4 border-l-primary")}>
      <Link
        href={`/staff/cases/${mention.case_id}#timeline`}
        prefetch={false}
        onClick={onOpen}
        className="flex flex-col gap-1 p-3 hover:bg-primary-soft"
      >
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium text-ink">{mention.author_label}</span>
          <span className="text-primary underline underline-offset-4">{mention.case_number}</span>
          {isNew && <Badge tone="info">{t("new")}</Badge>}
          <time dateTime={mention.created_at} className="ml-auto text-xs text-muted">
            {formatDateTime(mention.created_at, locale)}
          </time>
        </span>
        <span className="break-words whitespace-pre-line">{mention.text}</span>
      </Link>
    </li>
  );
};

/** Comments to which the reader was called, newest first. Opening one marks it as seen. */
export const MentionList = () => {
  const t = useTranslations("staffMentions");
  const common = useTranslations("common");
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(mentionsQuery);
  const seen = useMarkSeen();
  if (error && !data) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading label={common("loading")} className="flex flex-col gap-2">
        <Skeleton className="h-16" />
        <Skeleton className="h-16" />
      </Loading>
    );
  }
  const rows = data.pages.flatMap((page) => page.items);
  const fresh = rows.filter((row) => row.seen_at === null);
  if (rows.length === 0) return <EmptyState title={t("emptyTitle")} text={t("emptyText")} />;
  return (
    <div className="flex flex-col gap-3">
      {fresh.length > 0 && (
        <Button
          variant="secondary"
          size="dense"
          className="self-start"
          busy={seen.isPending}
          onClick={() => seen.mutate([])}
        >
          <CheckCheck aria-hidden className="size-4" />
          {t("allSeen")}
        </Button>
      )}
      <ul className="flex flex-col gap-2">
        {rows.map((row) => (
          <Row key={row.id} mention={row} onOpen={() => row.seen_at === null && seen.mutate([row.id])} />
        ))}
      </ul>
      {hasNextPage && (
        <Button
          variant="secondary"
          size="dense"
          busy={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t("earlier")}
        </Button>
      )}
    </div>
  );
};
