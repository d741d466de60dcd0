"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";

import { Loaded } from "@/components/loaded";
import { cn } from "@/lib/cn";
import { formatDate } from "@/lib/format";

import { slotsQuery } from "../queries";

/** Almaty is five hours ahead all year. */
export const almaty = (iso: string): { day: string; time: string } => {
  const shifted = new Date(new Date(iso).getTime() + 5 * 3_600_000).toISOString();
  return { day: shifted.slice(0, 10), time: shifted.slice(11, 16) };
};

interface SlotPickerProps {
  hostId: string;
  value: string;
  onValue: (startsAt: string) => void;
}

/** Free times by days, on the Almaty clock. */
export const SlotPicker = ({ hostId, value, onValue }: SlotPickerProps) => {
  const t = useTranslations("consultations.slots");
  const locale = useLocale();
  return (
    <Loaded query={useQuery(slotsQuery(hostId))} shapes={["h-24"]}>
      {({ items }) => {
        const days = new Map<string, string[]>();
        for (const slot of items) {
          const { day } = almaty(slot.starts_at);
          days.set(day, [...(days.get(day) ?? []), slot.starts_at]);
        }
        if (days.size === 0) return <p className="text-muted">{t("none")}</p>;
        return (
          <div className="flex max-h-80 flex-col gap-3 overflow-y-auto" role="group" aria-label={t("label")}>
            {[...days].map(([day, starts]) => (
              <div key={day} className="flex flex-col gap-1.5">
                <p className="font-medium">{formatDate(day, locale)}</p>
                <div className="flex flex-wrap gap-2">
                  {starts.map((start) => (
                    <button
                      key={start}
                      type="button"
                      aria-pressed={start === value}
                      onClick={() => onValue(start)}
                      className={cn(
                        "min-h-11 rounded-field border border-field-line px-3 font-medium tabular-nums hover:bg-primary-soft",
                        start === value && "border-primary bg-primary text-on-primary hover:bg-primary",
                      )}
                    >
                      {almaty(start).time}
                    </button>
                  ))}
                </div>
              </div>
            ))}
            <p className="text-sm text-muted">{t("zone")}</p>
          </div>
        );
      }}
    </Loaded>
  );
};
