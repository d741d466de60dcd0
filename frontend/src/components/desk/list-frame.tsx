"use client";

import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { EmptyState, ProblemState } from "@/components/state-panels";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import { useProblemText } from "@/lib/use-problem-text";

interface ListFrameProps {
  query: {
    data: unknown;
    error: unknown;
    isPlaceholderData?: boolean;
    refetch: () => unknown;
    hasNextPage?: boolean;
    isFetchingNextPage?: boolean;
    fetchNextPage?: () => unknown;
  };
  /** How many rows are on the screen. */
  count: number;
  /** Filters or words hide something: the empty state then offers to take them off. */
  isNarrowed?: boolean;
  onClear?: () => void;
  empty: { title: string; text?: string; action?: ReactNode };
  children: ReactNode;
}

const SHAPE = ["a", "b", "c", "d"];

/** Every state of a list: waiting, refused or failed, old rows after a failure, nothing, and rows with a way to more. */
export const ListFrame = ({ query, count, isNarrowed = false, onClear, empty, children }: ListFrameProps) => {
  const t = useTranslations("desk");
  const common = useTranslations("common");
  const describe = useProblemText();
  const { data, error, isPlaceholderData, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  if (error && !data) return <ProblemState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading label={common("loading")} className="flex flex-col gap-2">
        {SHAPE.map((key) => (
          <Skeleton key={key} className="h-16" />
        ))}
      </Loading>
    );
  }
  const nothing = isNarrowed ? { title: t("noneTitle"), text: t("noneText") } : empty;
  return (
    <div
      aria-busy={isPlaceholderData || undefined}
      className={cn("flex flex-col gap-3", isPlaceholderData && "opacity-60")}
    >
      <p aria-live="polite" className="sr-only">
        {isPlaceholderData ? "" : t("shown", { count })}
      </p>
      {Boolean(error) && (
        <Alert tone="warning" live>
          {t("stale")} {describe(error)}
        </Alert>
      )}
      {count === 0 ? (
        <EmptyState
          icon={isNarrowed ? <SearchX className="size-6" /> : undefined}
          title={nothing.title}
          text={nothing.text}
        >
          {isNarrowed
            ? onClear && (
                <Button variant="secondary" onClick={onClear}>
                  {t("clearFilters")}
                </Button>
              )
            : empty.action}
        </EmptyState>
      ) : (
        children
      )}
      {hasNextPage && (
        <Button
          variant="secondary"
          size="dense"
          className="self-center"
          busy={isFetchingNextPage}
          onClick={() => void fetchNextPage?.()}
        >
          {t("more")}
        </Button>
      )}
    </div>
  );
};
