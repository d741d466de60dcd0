"use client";

import { useLocale, useTranslations } from "next-intl";
import type { MouseEvent } from "react";

import { cn } from "@/lib/cn";
import { Link, useRouter } from "@/lib/i18n/navigation";

import type { ColumnName } from "../../codes";
import { ROW_ATTRIBUTE } from "../../hooks/use-list-keys";
import type { StaffCaseRow } from "../../types";
import { Cell, COLUMN_WIDTHS } from "./columns";

interface RowProps {
  row: StaffCaseRow;
  columns: readonly ColumnName[];
  isPeeked: boolean;
  isChosen: boolean;
  /** A line with what was found in this case follows and belongs to it. */
  hasQuotes: boolean;
  onToggle: (caseId: string) => void;
}

/** Something has happened here since this person last looked. */
export const UnreadDot = () => {
  const t = useTranslations("caseList");
  return (
    <>
      <span aria-hidden className="inline-block size-2 shrink-0 rounded-full bg-primary" />
      <span className="sr-only">{t("unread")}</span>
    </>
  );
};

export const CaseTableRow = ({ row, columns, isPeeked, isChosen, hasQuotes, onToggle }: RowProps) => {
  const t = useTranslations("staff.list");
  const list = useTranslations("caseList");
  const locale = useLocale();
  const router = useRouter();
  const open = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest("a, button, input, label")) return;
    if (window.getSelection()?.toString()) return;
    if (event.ctrlKey || event.metaKey) window.open(`/${locale}/staff/cases/${row.id}`, "_blank", "noopener");
    else router.push(`/staff/cases/${row.id}`);
  };
  const name = row.number ?? t("noNumber");
  return (
    <tr
      onClick={open}
      className={cn(
        "cursor-pointer hover:bg-primary-soft has-focus-visible:bg-primary-soft",
        (isPeeked || isChosen) && "bg-primary-soft",
        hasQuotes && "*:border-b-0!",
      )}
    >
      <td className="py-2 pl-4 align-top">
        <input
          type="checkbox"
          aria-label={list("select.one", { number: name })}
          checked={isChosen}
          onChange={() => onToggle(row.id)}
          className="mt-0.5 size-4 accent-primary"
        />
      </td>
      <td className="px-2.5 py-2 align-top">
        <Link
          href={`/staff/cases/${row.id}`}
          prefetch={false}
          {...{ [ROW_ATTRIBUTE]: row.id }}
          className={cn(
            "flex items-center gap-1.5 whitespace-nowrap text-primary hover:underline",
            row.unread ? "font-bold" : "font-medium",
          )}
        >
          {row.unread && <UnreadDot />}
          {name}
        </Link>
        <span
          className={cn("block truncate text-ink", row.unread && "font-semibold")}
          title={row.borrower_name}
        >
          {row.borrower_name || "—"}
        </span>
        <span className="block truncate text-xs text-muted @5xl:hidden">
          {row.assignee?.full_name ?? t("nobody")}
        </span>
      </td>
      {columns.map((column) => (
        <td key={column} className={cn("px-2.5 py-2 align-top", COLUMN_WIDTHS[column])}>
          <Cell row={row} name={column} />
        </td>
      ))}
    </tr>
  );
};
