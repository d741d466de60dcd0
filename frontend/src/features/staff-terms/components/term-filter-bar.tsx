"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";

import { FilterBar } from "@/components/desk/filter-bar";
import { FilterSelect } from "@/components/desk/filter-select";
import { formatDate } from "@/lib/format";

import { type TermCounts, type TermFilters, termManagersQuery, termRulesQuery } from "../queries";

interface TermFilterBarProps {
  filters: TermFilters;
  counts: TermCounts | undefined;
  isNarrowed: boolean;
  onChange: (changes: Partial<TermFilters>) => void;
  onClear: () => void;
}

/** Whose duty, which rule, whose case, and only the critical ones. */
export const TermFilterBar = ({ filters, counts, isNarrowed, onChange, onClear }: TermFilterBarProps) => {
  const t = useTranslations("staffTerms.filter");
  const desk = useTranslations("desk");
  const locale = useLocale();
  const rules = useQuery(termRulesQuery);
  const managers = useQuery(termManagersQuery);
  const bounds = counts?.by_bound ?? [];
  return (
    <FilterBar isNarrowed={isNarrowed} onClear={onClear}>
      <FilterSelect
        label={t("bound")}
        all={desk("any")}
        value={filters.bound}
        options={[
          { value: "borrower", label: t("borrower") },
          { value: "others", label: t("others") },
          ...bounds
            .filter(({ bound }) => bound !== "borrower")
            .map(({ bound, bound_label, terms }) => ({ value: bound, label: `${bound_label} · ${terms}` })),
        ]}
        onValue={(bound) => onChange({ bound })}
      />
      <FilterSelect
        label={t("rule")}
        all={desk("any")}
        value={filters.rule}
        options={(rules.data?.items ?? []).map(({ key, title }) => ({ value: key, label: title }))}
        onValue={(rule) => onChange({ rule })}
      />
      <FilterSelect
        label={t("assignee")}
        all={desk("all")}
        value={filters.assignee}
        options={[
          { value: "me", label: t("me") },
          { value: "none", label: t("nobody") },
          ...(managers.data?.items ?? []).map(({ id, full_name }) => ({ value: id, label: full_name })),
        ]}
        onValue={(assignee) => onChange({ assignee })}
      />
      <FilterSelect
        label={t("critical")}
        all={desk("all")}
        value={filters.critical}
        options={[{ value: "true", label: t("onlyCritical") }]}
        onValue={(critical) => onChange({ critical })}
      />
      {filters.due && (
        <p className="min-h-9 self-end rounded-field bg-primary-soft px-3 py-2 text-sm text-primary">
          {t("day", { date: formatDate(filters.due, locale) })}
        </p>
      )}
    </FilterBar>
  );
};
