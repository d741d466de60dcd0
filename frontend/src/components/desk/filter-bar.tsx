"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

interface FilterBarProps {
  isNarrowed: boolean;
  onClear: () => void;
  children: ReactNode;
}

/** Search and filters of a list in one row that wraps. */
export const FilterBar = ({ isNarrowed, onClear, children }: FilterBarProps) => {
  const t = useTranslations("desk");
  return (
    <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
      {children}
      {isNarrowed && (
        <button
          type="button"
          onClick={onClear}
          className="min-h-11 rounded-field px-2 font-medium text-primary hover:bg-primary-soft sm:min-h-9"
        >
          {t("clearFilters")}
        </button>
      )}
    </div>
  );
};
