"use client";

import { useLocale, useTranslations } from "next-intl";
import type { MouseEvent } from "react";

import { Badge } from "@/components/ui/badge";
import { cn } from "@/lib/cn";
import { formatDateTime, formatMoney } from "@/lib/format";
import { Link, useRouter } from "@/lib/i18n/navigation";

import { isOpenStatus } from "../../codes";
import { ROW_ATTRIBUTE } from "../../hooks/use-list-keys";
import { statusTone } from "../../tones";
import type { StaffCaseRow } from "../../types";
import { TermCell } from "../term-cell";
import { UrgencyMark } from "../urgency-mark";

const head = "px-2.5 py-2 text-left text-xs font-medium whitespace-nowrap text-muted";
// Columns that go first when the list gets narrow: beside a glance, or on a small screen.
const ROOMY = "hidden @5xl:table-cell";
const WIDE = "hidden @6xl:table-cell";
const cell = "px-2.5 py-2 align-top";

const Creditors = ({ names }: { names: readonly string[] }) => {
  const t = useTranslations("staff.list");
  const [first, ...others] = names;
  if (!first) return <span className="text-muted">—</span>;
  return (
    <>
      <span className="block truncate" title={names.join("\n")}>
        {first}
      </span>
      {others.length > 0 && (
        <span className="text-xs text-muted">{t("moreCreditors", { more: others.length })}</span>
      )}
    </>
  );
};

const shortMoment = (iso: string, locale: Parameters<typeof formatDateTime>[1]) => {
  const text = formatDateTime(iso, locale);
  const clock = text.slice(-5);
  const local = new Date(new Date(iso).getTime() + 5 * 3_600_000).toISOString();
  return { full: text, day: `${local.slice(8, 10)}.${local.slice(5, 7)}.${local.slice(0, 4)}`, clock };
};

interface RowProps {
  row: StaffCaseRow;
  isPeeked: boolean;
}

const CaseTableRow = ({ row, isPeeked }: RowProps) => {
  const t = useTranslations("staff.list");
  const locale = useLocale();
  const router = useRouter();
  const updated = shortMoment(row.updated_at, locale);
  const open = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest("a, button")) return;
    if (window.getSelection()?.toString()) return;
    if (event.ctrlKey || event.metaKey) window.open(`/${locale}/staff/cases/${row.id}`, "_blank", "noopener");
    else router.push(`/staff/cases/${row.id}`);
  };
  return (
    <tr
      onClick={open}
      className={cn(
        "cursor-pointer border-b border-line hover:bg-primary-soft has-focus-visible:bg-primary-soft",
        isPeeked && "bg-primary-soft",
      )}
    >
      <td className={cn(cell, "pl-4")}>
        <Link
          href={`/staff/cases/${row.id}`}
          prefetch={false}
          {...{ [ROW_ATTRIBUTE]: row.id }}
          className="block font-medium whitespace-nowrap text-primary hover:underline"
        >
          {row.number ?? t("noNumber")}
        </Link>
        <span className="block truncate text-ink" title={row.borrower_name}>
          {row.borrower_name || "—"}
        </span>
      </td>
      <td className={cell}>
        <Creditors names={row.creditors} />
      </td>
      <td className={cn(cell, "text-right whitespace-nowrap text-ink")}>
        {row.total_tiyn === null ? "—" : formatMoney(row.total_tiyn)}
      </td>
      <td className={cell}>
        <Badge tone={statusTone(row.status)} className="text-xs">
          {row.status_label}
        </Badge>
        {row.headline !== row.status_label && (
          <span className="mt-0.5 block truncate text-xs text-muted" title={row.headline}>
            {row.headline}
          </span>
        )}
        <span className="block truncate text-xs text-muted @5xl:hidden">
          {row.assignee?.full_name ?? t("nobody")}
        </span>
      </td>
      <td className={cell}>
        <UrgencyMark urgency={row.urgency} labelClassName="@max-5xl:sr-only" />
      </td>
      <td className={cell}>
        {isOpenStatus(row.status) ? (
          <TermCell next={row.next_deadline} missed={row.missed_deadline} />
        ) : (
          <span className="text-muted">—</span>
        )}
      </td>
      <td className={cn(cell, ROOMY)}>
        {row.assignee ? (
          <span className="line-clamp-2">{row.assignee.full_name}</span>
        ) : (
          <span className="text-warning">{t("nobody")}</span>
        )}
      </td>
      <td className={cn(cell, WIDE, "pr-4 whitespace-nowrap text-muted")}>
        <time dateTime={row.updated_at} title={updated.full}>
          {updated.day}
          <span className="block text-xs">{updated.clock}</span>
        </time>
      </td>
    </tr>
  );
};

/** Dense rows for a wide screen; the head stays in sight. */
export const CaseTable = ({ rows, peek }: { rows: readonly StaffCaseRow[]; peek: string | null }) => {
  const t = useTranslations("staff.list");
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 text-sm [&_td]:border-b [&_td]:border-line">
      <caption className="sr-only">{t("caption")}</caption>
      <thead className="sticky top-0 z-10 bg-surface [&_th]:border-b [&_th]:border-line">
        <tr>
          <th scope="col" className={cn(head, "w-42 pl-4")}>
            {t("columnCase")}
          </th>
          <th scope="col" className={head}>
            {t("columnCreditors")}
          </th>
          <th scope="col" className={cn(head, "w-29 text-right")}>
            {t("columnSum")}
          </th>
          <th scope="col" className={cn(head, "w-[18%]")}>
            {t("columnStatus")}
          </th>
          <th scope="col" className={cn(head, "w-12 @5xl:w-33")}>
            <span className="@max-5xl:sr-only">{t("columnUrgency")}</span>
          </th>
          <th scope="col" className={cn(head, "w-54")}>
            {t("columnTerm")}
          </th>
          <th scope="col" className={cn(head, ROOMY, "w-32")}>
            {t("columnAssignee")}
          </th>
          <th scope="col" className={cn(head, WIDE, "w-25 pr-4")}>
            {t("columnUpdated")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <CaseTableRow key={row.id} row={row} isPeeked={row.id === peek} />
        ))}
      </tbody>
    </table>
  );
};
