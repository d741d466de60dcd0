"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { EndlessList } from "@/components/endless-list";
import { EmptyState } from "@/components/state-panels";
import { formatDateTime } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { activityQuery } from "../queries";
import type { ActivityEntry } from "../types";

const Entry = ({ entry }: { entry: ActivityEntry }) => {
  const t = useTranslations("activity");
  const locale = useLocale();
  return (
    <article className="flex flex-col gap-1 rounded-card border border-line bg-surface p-4">
      <p className="text-sm text-muted">
        <time dateTime={entry.at}>{formatDateTime(entry.at, locale)}</time>
        {entry.actor_label && ` · ${t("by", { who: entry.actor_label })}`}
      </p>
      <h2 className="font-semibold text-ink">{entry.title}</h2>
      {entry.details.length > 0 && (
        <ul className="flex flex-col text-text">
          {entry.details.map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      )}
    </article>
  );
};

/** What happened to the account itself: sign-ins, new rights, new ways in. */
export const ActivityScreen = () => {
  const t = useTranslations("activity");
  const query = useInfiniteQuery(activityQuery);
  return (
    <div className="flex flex-col gap-5">
      <p className="measure text-text">
        {t("strange")}{" "}
        <Link href="/account/security" className="font-medium text-primary underline underline-offset-4">
          {t("toSecurity")}
        </Link>
      </p>
      <EndlessList
        query={query}
        label={t("title")}
        moreLabel={t("more")}
        empty={
          <EmptyState icon={<History className="size-6" />} title={t("emptyTitle")} text={t("emptyText")} />
        }
      >
        {(entry) => <Entry entry={entry} />}
      </EndlessList>
    </div>
  );
};
