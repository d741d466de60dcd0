"use client";

import { useLocale } from "next-intl";

import { formatDateTime } from "@/lib/format";

interface Entry {
  id: string;
  at: string;
  title: string;
  actor_label: string;
  details: readonly string[];
}

/** What happened, who did it and when, newest first. */
export const HistoryList = ({ entries }: { entries: readonly Entry[] }) => {
  const locale = useLocale();
  return (
    <ol className="flex flex-col">
      {entries.map((entry) => (
        <li key={entry.id} className="relative border-l-2 border-line pb-4 pl-4 last:pb-0">
          <span aria-hidden className="absolute top-1.5 -left-[5px] size-2 rounded-full bg-primary" />
          <p className="font-medium text-ink">{entry.title}</p>
          {entry.details.map((line) => (
            <p key={line} className="break-words">
              {line}
            </p>
          ))}
          <p className="text-xs text-muted">
            <time dateTime={entry.at}>{formatDateTime(entry.at, locale)}</time>
            {entry.actor_label && ` · ${entry.actor_label}`}
          </p>
        </li>
      ))}
    </ol>
  );
};
