"use client";

import { Lock, MoveRight } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import type { TimelineEntry } from "@/api/types";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/lib/cn";
import { formatDateTime } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { CommentBody } from "./comment-body";
import { TimelineIcon } from "./timeline-icon";

const LOOKS: Record<string, string> = {
  internal: "border-accent bg-accent-soft",
  organisation: "border-info bg-info-soft",
  public: "border-line bg-surface",
};

const Changes = ({ changes }: { changes: TimelineEntry["changes"] }) => {
  const t = useTranslations("staff.timeline");
  if (changes.length === 0) return null;
  return (
    <dl className="mt-1 flex flex-col gap-1 rounded-field bg-canvas px-2 py-1.5">
      {changes.map((change, index) => (
        <div key={`${change.field}-${index}`} className="flex flex-wrap items-baseline gap-x-2">
          <dt className="text-muted">{change.label}:</dt>
          <dd className="flex flex-wrap items-baseline gap-x-1.5 break-words">
            {change.hidden ? (
              t("hidden")
            ) : (
              <>
                <del className="text-muted">{change.old || t("nothing")}</del>
                <MoveRight aria-label={t("became")} className="size-3.5 shrink-0 self-center text-muted" />
                <ins className="font-medium text-ink no-underline">{change.new || t("nothing")}</ins>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
};

/** One line of the history: what happened, what changed, who did it and for whom. */
export const Entry = ({ caseId, entry }: { caseId: string; entry: TimelineEntry }) => {
  const t = useTranslations("staff.timeline");
  const locale = useLocale();
  const { comment } = entry;
  return (
    <li className="flex gap-3">
      <TimelineIcon name={entry.icon} status={entry.status} />
      <div
        className={cn(
          "min-w-0 flex-1 pt-1",
          comment && "rounded-card border px-3 py-2",
          comment && LOOKS[comment.audience],
        )}
      >
        <p className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className="font-medium text-ink">
            {entry.title}
            {entry.other_case && (
              <>
                {" "}
                <Link
                  href={`/staff/cases/${entry.other_case.id}`}
                  prefetch={false}
                  className="text-primary underline underline-offset-4"
                >
                  {t("openCase")}
                </Link>
              </>
            )}
          </span>
          <time dateTime={entry.at} className="text-xs text-muted">
            {formatDateTime(entry.at, locale).slice(-5)}
          </time>
        </p>
        {comment ? (
          <CommentBody caseId={caseId} comment={comment} />
        ) : (
          entry.text && <p className="break-words whitespace-pre-line text-text">{entry.text}</p>
        )}
        <Changes changes={entry.changes} />
        <p className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
          {[entry.actor_label, entry.on_behalf_label].filter(Boolean).join(", ")}
          {entry.internal && (
            <span className="inline-flex items-center gap-1">
              <Lock aria-hidden className="size-3" />
              {t("internal")}
            </span>
          )}
          {entry.source_number && (
            <Badge className="text-xs">{t("from", { number: entry.source_number })}</Badge>
          )}
          {entry.is_repeat && (
            <Badge tone="warning" className="text-xs">
              {t("repeat")}
            </Badge>
          )}
        </p>
      </div>
    </li>
  );
};
