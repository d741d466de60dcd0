"use client";

import { useTranslations } from "next-intl";

import { FoundIn } from "@/components/case-search/found-in";
import { foundIn } from "@/components/case-search/types";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/lib/cn";
import { formatMoney } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { isOpenStatus } from "../../codes";
import { ROW_ATTRIBUTE } from "../../hooks/use-list-keys";
import { statusTone } from "../../tones";
import type { StaffCaseRow } from "../../types";
import { TermCell } from "../term-cell";
import { UrgencyMark } from "../urgency-mark";
import { UnreadDot } from "./case-table-row";

/** The same list on a phone. */
export const CaseCards = ({ rows }: { rows: readonly StaffCaseRow[] }) => {
  const t = useTranslations("staff.list");
  return (
    <ul className="flex flex-col gap-2 p-3">
      {rows.map((row) => (
        <li key={row.id}>
          <Link
            href={`/staff/cases/${row.id}`}
            prefetch={false}
            {...{ [ROW_ATTRIBUTE]: row.id }}
            className="flex flex-col gap-1.5 rounded-card border border-line bg-surface p-3 text-sm"
          >
            <span className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span
                className={cn(
                  "flex items-center gap-1.5 text-primary",
                  row.unread ? "font-bold" : "font-medium",
                )}
              >
                {row.unread && <UnreadDot />}
                {row.number ?? t("noNumber")}
              </span>
              <UrgencyMark urgency={row.urgency} />
            </span>
            <span className="text-base font-medium text-ink">{row.borrower_name || "—"}</span>
            <span className="text-text">{row.creditors.join(", ")}</span>
            {row.total_tiyn !== null && (
              <span className="font-medium text-ink">{formatMoney(row.total_tiyn)}</span>
            )}
            <span className="flex flex-wrap items-center gap-2">
              <Badge tone={statusTone(row.status)} className="text-xs">
                {row.status_label}
              </Badge>
              <span className="text-muted">{row.assignee?.full_name ?? t("nobody")}</span>
            </span>
            {isOpenStatus(row.status) && <TermCell next={row.next_deadline} missed={row.missed_deadline} />}
            <FoundIn found={foundIn(row)} />
          </Link>
        </li>
      ))}
    </ul>
  );
};
