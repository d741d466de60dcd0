"use client";

import { Plus, Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";

import { errorAt, isPlaced } from "@/lib/field-errors";
import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { todayInAlmaty } from "@/lib/dates";
import { formatDate } from "@/lib/format";

import { type HoursRule, type OwnHost, useDeskPut } from "../queries";

const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;

const box =
  "min-h-11 rounded-field border border-field-line bg-surface px-1.5 text-base max-sm:w-30 sm:px-2 aria-invalid:border-2 aria-invalid:border-danger sm:min-h-9 sm:text-sm";

interface RuleLineProps {
  rule: HoursRule;
  day: string;
  error?: string;
  onRule: (change: Partial<HoursRule>) => void;
  onRemove: () => void;
}

const RuleLine = ({ rule, day, error, onRule, onRemove }: RuleLineProps) => {
  const t = useTranslations("specialistDesk.hours");
  const times = useTranslations("hostTimes.hours");
  const locale = useLocale();
  const id = useId();
  const input = (name: "starts" | "ends") => (
    <input
      type="time"
      required
      aria-label={`${day}: ${t(name === "starts" ? "from" : "until")}`}
      aria-invalid={error ? true : undefined}
      aria-describedby={error ? id : undefined}
      className={box}
      value={rule[name]}
      onChange={(event) => onRule({ [name]: event.target.value })}
    />
  );
  return (
    <li className="flex flex-wrap items-center gap-x-1.5 gap-y-2 sm:gap-x-2">
      {input("starts")}
      <span aria-hidden>–</span>
      {input("ends")}
      <Button
        variant="quiet"
        size="dense"
        className="max-sm:min-h-11 max-sm:min-w-11"
        aria-label={times("removeOf", { day, from: rule.starts })}
        onClick={onRemove}
      >
        <Trash2 aria-hidden className="size-4" />
      </Button>
      {rule.valid_until && (
        <span className="text-sm text-muted">
          {times("until", { date: formatDate(rule.valid_until, locale, "until") })}
        </span>
      )}
      {error && (
        <p id={id} className="w-full text-sm text-danger">
          {error}
        </p>
      )}
    </li>
  );
};

/** Weekly hours, a line per day of the week; slots and breaks follow from the length set beside. */
export const HoursForm = ({ host }: { host: OwnHost }) => {
  const t = useTranslations("specialistDesk.hours");
  const times = useTranslations("hostTimes.hours");
  const toast = useToast();
  const [rules, setRules] = useState<readonly HoursRule[]>(host.rules);
  const save = useDeskPut<{ rules: readonly HoursRule[] }>(`/desk/pages/${host.kind}/hours/`, () =>
    toast.show("success", t("saved")),
  );
  const places = rules.flatMap((_rule, place) => [`rules/${place}/ends`, `rules/${place}/valid_until`]);
  const errorOf = (place: number) =>
    errorAt(save.error, `rules/${place}/ends`) ??
    errorAt(save.error, `rules/${place}/starts`) ??
    errorAt(save.error, `rules/${place}/valid_until`);
  const add = (weekday: number) =>
    setRules([
      ...rules,
      { weekday, starts: "10:00", ends: "13:00", valid_from: todayInAlmaty(), valid_until: null },
    ]);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) save.mutate({ rules });
      }}
    >
      {!isPlaced(save.error, places) && <ProblemAlert error={save.error} />}
      {rules.length === 0 && <p className="text-muted">{t("none")}</p>}
      <ul className="flex flex-col divide-y divide-line">
        {DAYS.map((weekday) => {
          const day = t(`days.${weekday}`);
          const own = rules.flatMap((rule, place) => (rule.weekday === weekday ? [{ rule, place }] : []));
          return (
            <li key={weekday} className="grid gap-2 py-2 sm:grid-cols-[7rem_minmax(0,1fr)_auto]">
              <h3 className="pt-1.5 font-medium text-ink">{day}</h3>
              {own.length === 0 ? (
                <p className="pt-1.5 text-muted">{times("off")}</p>
              ) : (
                <ul aria-label={day} className="flex flex-col gap-2">
                  {own.map(({ rule, place }) => (
                    <RuleLine
                      key={place}
                      rule={rule}
                      day={day}
                      error={errorOf(place)}
                      onRule={(change) =>
                        setRules(rules.map((one, index) => (index === place ? { ...one, ...change } : one)))
                      }
                      onRemove={() => setRules(rules.filter((_, index) => index !== place))}
                    />
                  ))}
                </ul>
              )}
              <Button
                variant="quiet"
                size="dense"
                className="self-start max-sm:min-h-11 max-sm:justify-self-start"
                aria-label={times("addTo", { day })}
                onClick={() => add(weekday)}
              >
                <Plus aria-hidden className="size-4" />
                <span className="sm:sr-only">{t("add")}</span>
              </Button>
            </li>
          );
        })}
      </ul>
      <Button type="submit" size="dense" className="self-start max-sm:min-h-11" busy={save.isPending}>
        {t("save")}
      </Button>
      <p className="text-sm text-muted">{t("zone")}</p>
    </form>
  );
};
