"use client";

import { useTranslations } from "next-intl";

import { cn } from "@/lib/cn";
import { formatMoney } from "@/lib/format";
import { Link } from "@/lib/i18n/navigation";

import { isOpenStatus } from "../../codes";
import { ROW_ATTRIBUTE } from "../../hooks/use-list-keys";
import type { StaffCaseRow } from "../../types";
import { TermCell } from "../term-cell";
import { UrgencyMark } from "../urgency-mark";
import { UnreadDot } from "./case-table-row";
import { TagMarks } from "./tag-marks";

let dragged: StaffCaseRow | null = null;

/** The case that is being dragged: it never leaves this tab, so nothing of it goes through the clipboard of the drag. */
export const draggedRow = (): StaffCaseRow | null => dragged;

interface BoardCardProps {
  row: StaffCaseRow;
  isPeeked: boolean;
  isMovable: boolean;
}

export const BoardCard = ({ row, isPeeked, isMovable }: BoardCardProps) => {
  const t = useTranslations("staff.list");
  return (
    <li>
      <Link
        href={`/staff/cases/${row.id}`}
        prefetch={false}
        draggable={isMovable}
        onDragStart={(event) => {
          dragged = row;
          event.dataTransfer.effectAllowed = "move";
          event.dataTransfer.setData("text/plain", row.number ?? "");
        }}
        onDragEnd={() => {
          dragged = null;
        }}
        {...{ [ROW_ATTRIBUTE]: row.id }}
        className={cn(
          "flex flex-col gap-1.5 rounded-field border border-line bg-surface p-2.5 text-sm hover:border-primary",
          isPeeked && "border-primary",
        )}
      >
        <span className="flex items-center justify-between gap-2">
          <span
            className={cn(
              "flex items-center gap-1.5 whitespace-nowrap text-primary",
              row.unread ? "font-bold" : "font-medium",
            )}
          >
            {row.unread && <UnreadDot />}
            {row.number ?? t("noNumber")}
          </span>
          <UrgencyMark urgency={row.urgency} labelClassName="sr-only" />
        </span>
        <span className={cn("truncate text-ink", row.unread && "font-semibold")}>
          {row.borrower_name || "—"}
        </span>
        <span className="flex items-baseline justify-between gap-2 text-xs text-muted">
          <span className="truncate">{row.creditors.join(", ") || "—"}</span>
          {row.total_tiyn !== null && (
            <span className="shrink-0 text-ink tabular-nums">{formatMoney(row.total_tiyn)}</span>
          )}
        </span>
        {isOpenStatus(row.status) && (row.next_deadline ?? row.missed_deadline) && (
          <TermCell next={row.next_deadline} missed={row.missed_deadline} />
        )}
        {row.tags.length > 0 && <TagMarks tags={row.tags} />}
        <span className={cn("truncate text-xs", row.assignee ? "text-muted" : "text-warning")}>
          {row.assignee?.full_name ?? t("nobody")}
        </span>
      </Link>
    </li>
  );
};
