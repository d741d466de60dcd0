"use client";

import { useLocale, useTranslations } from "next-intl";

import { Badge, type BadgeTone } from "@/components/ui/badge";
import { formatDate } from "@/lib/format";

const SOON_DAYS = 3;

const toneOf = (days: number): BadgeTone => (days < 0 ? "danger" : days <= SOON_DAYS ? "warning" : "success");

/** The term to answer: words say it, colour repeats it. */
export const TermMark = ({ due, daysLeft }: { due: string | null; daysLeft: number | null }) => {
  const t = useTranslations("room.term");
  const locale = useLocale();
  if (due === null || daysLeft === null) return <span className="text-muted">{t("none")}</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge tone={toneOf(daysLeft)}>
        {daysLeft < 0
          ? t("over", { days: -daysLeft })
          : daysLeft === 0
            ? t("today")
            : t("left", { days: daysLeft })}
      </Badge>
      <time dateTime={due} className="text-xs text-muted">
        {t("until", { date: formatDate(due, locale, "until") })}
      </time>
    </span>
  );
};
