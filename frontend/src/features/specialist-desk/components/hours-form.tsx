"use client";

import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { todayInAlmaty } from "@/lib/dates";

import { type OwnHost, useDeskPut } from "../queries";

const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;

interface TypedRule {
  weekday: number;
  starts: string;
  ends: string;
  valid_from: string;
  valid_until: string | null;
}

/** Weekly hours: a day, from, until; slots and breaks follow from the length set beside. */
export const HoursForm = ({ host }: { host: OwnHost }) => {
  const t = useTranslations("specialistDesk.hours");
  const toast = useToast();
  const [rules, setRules] = useState<readonly TypedRule[]>(host.rules);
  const save = useDeskPut<{ rules: readonly TypedRule[] }>(`/desk/pages/${host.kind}/hours/`, () =>
    toast.show("success", t("saved")),
  );
  const set = (place: number, change: Partial<TypedRule>) =>
    setRules(rules.map((rule, index) => (index === place ? { ...rule, ...change } : rule)));
  const box = "min-h-11 rounded-field border border-field-line bg-surface px-2 text-base sm:text-sm";
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) save.mutate({ rules });
      }}
    >
      <ProblemAlert error={save.error} />
      {rules.length === 0 && <p className="text-muted">{t("none")}</p>}
      <ul className="flex flex-col gap-2">
        {rules.map((rule, place) => (
          <li key={place} className="flex flex-wrap items-center gap-2">
            <select
              aria-label={t("day")}
              className={box}
              value={rule.weekday}
              onChange={(event) => set(place, { weekday: Number(event.target.value) })}
            >
              {DAYS.map((day) => (
                <option key={day} value={day}>
                  {t(`days.${day}`)}
                </option>
              ))}
            </select>
            <input
              type="time"
              aria-label={t("from")}
              className={box}
              value={rule.starts}
              onChange={(event) => set(place, { starts: event.target.value })}
            />
            <span aria-hidden>–</span>
            <input
              type="time"
              aria-label={t("until")}
              className={box}
              value={rule.ends}
              onChange={(event) => set(place, { ends: event.target.value })}
            />
            <Button
              variant="quiet"
              size="dense"
              aria-label={t("remove")}
              onClick={() => setRules(rules.filter((_, index) => index !== place))}
            >
              <Trash2 aria-hidden className="size-4" />
            </Button>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="secondary"
          size="dense"
          onClick={() =>
            setRules([
              ...rules,
              { weekday: 0, starts: "10:00", ends: "13:00", valid_from: todayInAlmaty(), valid_until: null },
            ])
          }
        >
          <Plus aria-hidden className="size-4" />
          {t("add")}
        </Button>
        <Button type="submit" size="dense" busy={save.isPending}>
          {t("save")}
        </Button>
      </div>
      <p className="text-xs text-muted">{t("zone")}</p>
    </form>
  );
};
