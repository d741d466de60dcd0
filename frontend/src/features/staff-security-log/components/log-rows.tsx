"use client";

import { useLocale, useTranslations } from "next-intl";

import { Row, Rows } from "@/components/desk/rows";
import { formatDateTime } from "@/lib/format";

import type { LogEntry } from "../queries";

const COLUMNS = "md:grid-cols-[11rem_minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)]";

export const LogRows = ({ entries }: { entries: readonly LogEntry[] }) => {
  const t = useTranslations("securityLog");
  const locale = useLocale();
  return (
    <Rows
      label={t("title")}
      columns={COLUMNS}
      head={[t("column.at"), t("column.what"), t("column.actor"), t("column.subject")]}
    >
      {entries.map((entry) => (
        <Row key={entry.id} columns={COLUMNS}>
          <time dateTime={entry.at} className="text-muted">
            {formatDateTime(entry.at, locale)}
          </time>
          <span className="min-w-0">
            <span className="font-medium text-ink">{entry.title}</span>
            {entry.details.map((line) => (
              <span key={line} className="block break-words text-text">
                {line}
              </span>
            ))}
          </span>
          <span className="min-w-0 break-words">
            <span className="text-muted md:hidden">{t("column.actor")}: </span>
            {entry.actor_label}
          </span>
          <span className="min-w-0 break-words">
            {entry.subject_label && (
              <>
                <span className="text-muted md:hidden">{t("column.subject")}: </span>
                {entry.subject_label}
              </>
            )}
          </span>
        </Row>
      ))}
    </Rows>
  );
};
