"use client";

import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";

import { EmptyState } from "@/components/state-panels";
import { Button } from "@/components/ui/button";
import { Loading, Skeleton } from "@/components/ui/skeleton";

const ROWS = Array.from({ length: 9 }, (_item, index) => index);

export const ListLoading = () => {
  const common = useTranslations("common");
  return (
    <Loading label={common("loading")} className="flex flex-col gap-px">
      {ROWS.map((row) => (
        <div key={row} className="flex items-center gap-4 border-b border-line px-4 py-3">
          <div className="flex w-48 flex-col gap-1.5">
            <Skeleton className="h-4 w-28" />
            <Skeleton className="h-4 w-40" />
          </div>
          <Skeleton className="hidden h-4 flex-1 md:block" />
          <Skeleton className="hidden h-4 w-28 md:block" />
          <Skeleton className="hidden h-6 w-24 md:block" />
          <Skeleton className="h-6 flex-1 md:w-44 md:flex-none" />
        </div>
      ))}
    </Loading>
  );
};

interface ListEmptyProps {
  /** What hides the cases: words searched for, filters, or nothing at all. */
  because: "search" | "filters" | "nothing";
  onReset: () => void;
}

export const ListEmpty = ({ because, onReset }: ListEmptyProps) => {
  const t = useTranslations("staff.empty");
  return (
    <div className="px-4 py-10">
      <EmptyState
        icon={because === "nothing" ? undefined : <SearchX className="size-6" />}
        title={t(`${because}.title`)}
        text={t(`${because}.text`)}
      >
        {because !== "nothing" && (
          <Button variant="secondary" onClick={onReset}>
            {t(`${because}.action`)}
          </Button>
        )}
      </EmptyState>
    </div>
  );
};
