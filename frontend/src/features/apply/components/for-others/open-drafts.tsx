"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { formatDateTime } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { preparedQuery } from "../../for-others";

/** What was begun for others and waits to be finished; nothing where there is nothing. */
export const OpenDrafts = () => {
  const t = useTranslations("caseIntake.drafts");
  const locale = useLocale();
  const { data } = useQuery(preparedQuery);
  if (!data || data.items.length === 0) return null;
  return (
    <section className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4">
      <h2 className="text-base font-semibold">{t("title")}</h2>
      <ul className="flex flex-col divide-y divide-line">
        {data.items.map((row) => (
          <li key={row.id}>
            <Link
              href={`/staff/cases/new/${row.id}`}
              prefetch={false}
              className="flex min-h-11 items-center gap-3 py-2 hover:text-primary"
            >
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium text-ink">
                  {row.borrower_name || t("noName")}
                </span>
                <span className="block text-sm text-muted">
                  {t("changed", { when: formatDateTime(row.updated_at, locale) })}
                </span>
              </span>
              <ChevronRight aria-hidden className="size-5 shrink-0 text-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
};
