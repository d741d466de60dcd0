"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { ProblemState } from "@/components/state-panels";
import { Loading, Skeleton } from "@/components/ui/skeleton";

interface LoadedProps<T> {
  query: { data: T | undefined; error: unknown; refetch: () => unknown };
  /** Heights of the grey shapes that stand in for what comes, as Tailwind classes. */
  shapes?: readonly string[];
  children: (data: T) => ReactNode;
}

/** One place for waiting and trouble: what is already known stays on the page when a later reading fails. */
export const Loaded = <T,>({ query, shapes = ["h-28", "h-28"], children }: LoadedProps<T>) => {
  const t = useTranslations("common");
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ProblemState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Loading label={t("loading")} className="flex flex-col gap-4">
      {shapes.map((shape, index) => (
        <Skeleton key={index} className={shape} />
      ))}
    </Loading>
  );
};
