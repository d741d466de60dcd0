import { useLocale, useTranslations } from "next-intl";

import { Badge } from "@/components/ui/badge";
import { formatDate } from "@/lib/format";

import type { CalendarDay } from "../types";

/** The same in words: every day that is not what its day of the week says. */
export const DayList = ({ days }: { days: readonly CalendarDay[] }) => {
  const t = useTranslations("staffLaw.calendar");
  const locale = useLocale();
  return (
    <details>
      <summary className="min-h-9 cursor-pointer py-1.5 font-medium text-primary">
        {t("list", { count: days.length })}
      </summary>
      <ul className="flex flex-col divide-y divide-line">
        {days.map((row) => (
          <li key={row.day} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5 text-sm">
            <span className="w-44 font-medium text-ink">{formatDate(row.day, locale)}</span>
            <span>{t(row.kind === "workday" ? "working" : "off")}</span>
            <span className="text-muted">{row.reason_label}</span>
            {row.estimated && <Badge tone="warning">{t("estimated")}</Badge>}
            {row.origin === "editor" && <Badge tone="info">{t("edited")}</Badge>}
          </li>
        ))}
      </ul>
    </details>
  );
};
