"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { EndlessList } from "@/components/endless-list";
import { EmptyState } from "@/components/state-panels";
import { Badge } from "@/components/ui/badge";
import { formatDateTime } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { readsQuery } from "../queries";
import type { DataRead } from "../types";

/** One look at closed data: who by post, when, at what, and why. */
const ReadEntry = ({ read }: { read: DataRead }) => {
  const t = useTranslations("reads");
  const locale = useLocale();
  return (
    <article className="flex flex-col gap-1.5 rounded-card border border-line bg-surface p-4">
      <p className="text-sm text-muted">
        <time dateTime={read.at}>{formatDateTime(read.at, locale)}</time>
        {" · "}
        {read.kind_label}
      </p>
      <h2 className="font-semibold text-ink">{read.reader_label}</h2>
      {read.fields.length > 0 && (
        <p className="flex flex-wrap items-center gap-1.5">
          <span className="text-muted">{t("fields")}</span>
          {read.fields.map((field) => (
            <Badge key={field}>{field}</Badge>
          ))}
        </p>
      )}
      {read.reason && (
        <p className="measure text-text">
          <span className="text-muted">{t("reason")}</span> {read.reason}
        </p>
      )}
      {read.case_id && (
        <p>
          <Link
            href={`/cases/${read.case_id}`}
            prefetch={false}
            className="inline-flex min-h-11 items-center font-medium text-primary underline underline-offset-4"
          >
            {read.case_number ? t("case", { number: read.case_number }) : t("caseDraft")}
          </Link>
        </p>
      )}
    </article>
  );
};

export const ReadsScreen = () => {
  const t = useTranslations("reads");
  const query = useInfiniteQuery(readsQuery);
  return (
    <div className="flex flex-col gap-5">
      <EndlessList
        query={query}
        label={t("title")}
        moreLabel={t("more")}
        empty={<EmptyState icon={<Eye className="size-6" />} title={t("emptyTitle")} text={t("emptyText")} />}
      >
        {(read) => <ReadEntry read={read} />}
      </EndlessList>
      <p className="measure text-text">
        {t("questions")}{" "}
        <Link
          href="/account/activity"
          prefetch={false}
          className="font-medium text-primary underline underline-offset-4"
        >
          {t("activity")}
        </Link>
      </p>
    </div>
  );
};
