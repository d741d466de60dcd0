"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowDownWideNarrow, SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { codeIn } from "@/lib/story-codes";

import { OPEN_STATUSES, STATUSES, URGENCIES } from "../../codes";
import { type CaseFilters, DEFAULT_SORT, NO_FILTERS, SORTS, writeFilters } from "../../filters";
import { managersQuery } from "../../queries";
import { Popover } from "../popover";
import { Chip } from "./chip";
import { ManyChoices, OneChoice } from "./chip-choices";
import { CreditorChip } from "./creditor-chip";
import { DeadlineChip, SubmittedChip } from "./date-chips";
import { MoreChips } from "./more-chips";

interface FilterProps {
  filters: CaseFilters;
  onFilters: (filters: CaseFilters) => void;
}

const StatusChip = ({ filters, onFilters }: FilterProps) => {
  const t = useTranslations("staff");
  const label = (value: string) => {
    const code = codeIn(STATUSES, value);
    return code ? t(`status.${code}`) : value;
  };
  const isOpenSet =
    filters.status.length === OPEN_STATUSES.length &&
    OPEN_STATUSES.every((status) => filters.status.includes(status));
  const [first = ""] = filters.status;
  const more = filters.status.length - 1;
  const words = isOpenSet
    ? t("filters.open")
    : more > 0
      ? t("filters.andMore", { first: label(first), more })
      : label(first);
  return (
    <Chip
      name={t("filters.status")}
      chosen={filters.status.length > 0 ? words : null}
      onClear={() => onFilters({ ...filters, status: [] })}
    >
      {() => (
        <ManyChoices
          choices={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
          values={filters.status}
          onValues={(status) => onFilters({ ...filters, status })}
        />
      )}
    </Chip>
  );
};

const AssigneeChip = ({ filters, onFilters }: FilterProps) => {
  const t = useTranslations("staff.filters");
  const { data } = useQuery(managersQuery);
  const choices = [
    { value: "me", label: t("me") },
    { value: "none", label: t("nobody") },
    ...(data?.items ?? []).map((person) => ({ value: person.id, label: person.full_name })),
  ];
  const chosen = choices.find((choice) => choice.value === filters.assignee)?.label ?? "…";
  return (
    <Chip
      name={t("assignee")}
      chosen={filters.assignee ? chosen : null}
      onClear={() => onFilters({ ...filters, assignee: "" })}
    >
      {(close) => (
        <OneChoice
          choices={choices}
          value={filters.assignee}
          onValue={(assignee) => {
            onFilters({ ...filters, assignee });
            close();
          }}
        />
      )}
    </Chip>
  );
};

const UrgencyChip = ({ filters, onFilters }: FilterProps) => {
  const t = useTranslations("staff");
  const chosen = URGENCIES.filter((code) => filters.urgency.includes(code)).map((code) =>
    t(`urgency.${code}`),
  );
  return (
    <Chip
      name={t("filters.urgency")}
      chosen={chosen.length > 0 ? chosen.join(", ") : null}
      onClear={() => onFilters({ ...filters, urgency: [] })}
    >
      {() => (
        <ManyChoices
          choices={URGENCIES.map((value) => ({ value, label: t(`urgency.${value}`) }))}
          values={filters.urgency}
          onValues={(urgency) => onFilters({ ...filters, urgency })}
        />
      )}
    </Chip>
  );
};

const SortMenu = ({ filters, onFilters }: FilterProps) => {
  const t = useTranslations("caseList.sort");
  return (
    <Popover
      name={t("name")}
      align="end"
      triggerClassName="inline-flex min-h-11 items-center gap-1.5 rounded-field px-2.5 text-sm text-text hover:bg-primary-soft sm:min-h-9"
      label={
        <>
          <ArrowDownWideNarrow aria-hidden className="size-4 text-muted" />
          <span className="sr-only">{t("name")}: </span>
          {t(filters.sort)}
        </>
      }
    >
      {(close) => (
        <OneChoice
          choices={SORTS.map((value) => ({ value, label: t(value) }))}
          value={filters.sort}
          onValue={(value) => {
            onFilters({ ...filters, sort: codeIn(SORTS, value) ?? DEFAULT_SORT });
            close();
          }}
        />
      )}
    </Popover>
  );
};

const hasMore = (filters: CaseFilters): boolean =>
  filters.unread ||
  filters.amountFrom !== "" ||
  filters.amountTo !== "" ||
  filters.createdAfter !== "" ||
  filters.createdBefore !== "" ||
  [
    filters.term,
    filters.trackKind,
    filters.trackState,
    filters.tag,
    filters.queue,
    filters.language,
    filters.source,
  ].some((values) => values.length > 0);

export const FilterBar = ({ filters, onFilters }: FilterProps) => {
  const t = useTranslations("staff.filters");
  const more = useTranslations("caseList");
  const isNarrowed = writeFilters({ ...filters, sort: DEFAULT_SORT }) !== "";
  const [wantsWhole, setWhole] = useState(false);
  // A filter that is on is never out of sight.
  const isWhole = wantsWhole || hasMore(filters);
  return (
    <div className="-mx-4 flex items-center gap-2 px-4 max-sm:overflow-x-auto max-sm:*:shrink-0 sm:flex-wrap">
      <StatusChip filters={filters} onFilters={onFilters} />
      <AssigneeChip filters={filters} onFilters={onFilters} />
      <UrgencyChip filters={filters} onFilters={onFilters} />
      <CreditorChip chosen={filters.creditor} onChosen={(creditor) => onFilters({ ...filters, creditor })} />
      <DeadlineChip filters={filters} onFilters={onFilters} />
      <SubmittedChip filters={filters} onFilters={onFilters} />
      {isWhole ? (
        <MoreChips filters={filters} onFilters={onFilters} />
      ) : (
        <button
          type="button"
          aria-expanded={false}
          onClick={() => setWhole(true)}
          className="inline-flex min-h-11 items-center gap-1.5 rounded-full border border-field-line px-3.5 text-sm text-text hover:bg-primary-soft sm:min-h-9"
        >
          <SlidersHorizontal aria-hidden className="size-4 text-muted" />
          {more("filter.more")}
        </button>
      )}
      {isNarrowed && (
        <button
          type="button"
          onClick={() => onFilters({ ...NO_FILTERS, sort: filters.sort })}
          className="min-h-11 rounded-field px-2 text-sm font-medium text-primary hover:bg-primary-soft sm:min-h-9"
        >
          {t("clearAll")}
        </button>
      )}
      <div className="ml-auto">
        <SortMenu filters={filters} onFilters={onFilters} />
      </div>
    </div>
  );
};
