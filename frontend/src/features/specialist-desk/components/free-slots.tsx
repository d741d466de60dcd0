"use client";

import { useLocale, useTranslations } from "next-intl";

import { Panel } from "@/components/desk/panel";
import { formatDate } from "@/lib/format";

import { almaty } from "../almaty-time";
import type { OwnHost } from "../queries";

/** What borrowers can book in the next two weeks: the hours less absences and what is booked. */
export const FreeSlots = ({ host }: { host: OwnHost }) => {
  const t = useTranslations("hostTimes.free");
  const locale = useLocale();
  const days = new Map<string, string[]>();
  for (const slot of host.free_slots) {
    const { day, time } = almaty(slot.starts_at);
    days.set(day, [...(days.get(day) ?? []), time]);
  }
  return (
    <Panel title={t("title")}>
      <p className="text-muted">{t(host.listed ? "lead" : "hidden")}</p>
      {days.size === 0 ? (
        <p>{t("none")}</p>
      ) : (
        <dl className="flex max-h-96 flex-col divide-y divide-line overflow-y-auto" tabIndex={0}>
          {[...days].map(([day, times]) => (
            <div key={day} className="grid gap-x-4 gap-y-1 py-2 sm:grid-cols-[10rem_minmax(0,1fr)]">
              <dt className="font-medium text-ink">{formatDate(day, locale)}</dt>
              <dd className="flex flex-wrap gap-1.5 tabular-nums">
                {times.map((time) => (
                  <span key={time} className="rounded-field border border-line px-2 py-0.5">
                    {time}
                  </span>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
};
