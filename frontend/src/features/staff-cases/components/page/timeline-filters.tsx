"use client";

import { Filter } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";

import { Button } from "@/components/ui/button";
import { inputStyles } from "@/components/ui/text-input";
import { cn } from "@/lib/cn";

import { EVERYTHING, GROUPS, type HistoryFilters, SIDES } from "../../history-filters";
import { Popover } from "../popover";

interface TimelineFiltersProps {
  filters: HistoryFilters;
  onChange: (filters: HistoryFilters) => void;
}

const toggled = <T extends string>(list: readonly T[], item: T): T[] =>
  list.includes(item) ? list.filter((one) => one !== item) : [...list, item];

const checkStyles = "flex min-h-11 cursor-pointer items-center gap-2 sm:min-h-8";

/** Narrows the history: groups of events, sides, days, only on behalf, only what changed. */
export const TimelineFilters = ({ filters, onChange }: TimelineFiltersProps) => {
  const t = useTranslations("staff.timelineFilters");
  const id = useId();
  const count =
    filters.kind.length +
    filters.who.length +
    [filters.after, filters.before, filters.on_behalf, filters.changed].filter(Boolean).length;
  const check = (label: string, checked: boolean, onToggle: () => void) => (
    <label key={label} className={checkStyles}>
      <input type="checkbox" checked={checked} onChange={onToggle} className="size-4 accent-primary" />
      {label}
    </label>
  );
  return (
    <Popover
      name={t("title")}
      align="end"
      label={
        <>
          <Filter aria-hidden className="size-4" />
          {t("open")}
          {count > 0 && (
            <span className="rounded-full bg-primary px-1.5 text-xs text-on-primary">{count}</span>
          )}
        </>
      }
      triggerClassName="inline-flex min-h-11 items-center gap-1.5 rounded-field px-3 font-medium text-primary hover:bg-primary-soft sm:min-h-9"
    >
      {() => (
        <div className="flex flex-col gap-3">
          <fieldset>
            <legend className="text-xs font-medium text-muted">{t("kinds")}</legend>
            {GROUPS.map((group) =>
              check(t(`groups.${group}`), filters.kind.includes(group), () =>
                onChange({ ...filters, kind: toggled(filters.kind, group) }),
              ),
            )}
          </fieldset>
          <fieldset>
            <legend className="text-xs font-medium text-muted">{t("who")}</legend>
            {SIDES.map((side) =>
              check(t(`sides.${side}`), filters.who.includes(side), () =>
                onChange({ ...filters, who: toggled(filters.who, side) }),
              ),
            )}
          </fieldset>
          <fieldset className="grid grid-cols-2 gap-2">
            <legend className="text-xs font-medium text-muted">{t("days")}</legend>
            {(["after", "before"] as const).map((end) => (
              <label key={end} htmlFor={`${id}-${end}`} className="text-xs text-muted">
                {t(end)}
                <input
                  id={`${id}-${end}`}
                  type="date"
                  value={filters[end]}
                  onChange={(event) => onChange({ ...filters, [end]: event.target.value })}
                  className={cn(inputStyles, "min-h-11 px-2 text-sm sm:min-h-9")}
                />
              </label>
            ))}
          </fieldset>
          <fieldset>
            <legend className="sr-only">{t("only")}</legend>
            {check(t("onBehalf"), filters.on_behalf, () =>
              onChange({ ...filters, on_behalf: !filters.on_behalf }),
            )}
            {check(t("changed"), filters.changed, () => onChange({ ...filters, changed: !filters.changed }))}
          </fieldset>
          {count > 0 && (
            <Button variant="secondary" size="dense" onClick={() => onChange(EVERYTHING)}>
              {t("clear")}
            </Button>
          )}
        </div>
      )}
    </Popover>
  );
};
