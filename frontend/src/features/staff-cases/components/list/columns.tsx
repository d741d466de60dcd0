import { useLocale, useTranslations } from "next-intl";

import { Badge } from "@/components/ui/badge";
import { cn } from "@/lib/cn";
import { formatDateTime, formatMoney } from "@/lib/format";

import { type ColumnName, isOpenStatus } from "../../codes";
import { statusTone } from "../../tones";
import type { StaffCaseRow } from "../../types";
import { TermCell } from "../term-cell";
import { UrgencyMark } from "../urgency-mark";
import { TagMarks } from "./tag-marks";

// Columns that go first when the list gets narrow: beside a glance, or on a small screen.
const ROOMY = "hidden @5xl:table-cell";
const WIDE = "hidden @6xl:table-cell";

/** How wide each column is, and from which width of the list it is shown. */
export const COLUMN_WIDTHS: Record<ColumnName, string> = {
  creditors: "",
  amount: "w-29",
  status: "w-[15%]",
  urgency: "w-12 @5xl:w-34",
  term: "w-56",
  assignee: cn(ROOMY, "w-32"),
  tracks: cn(ROOMY, "w-44"),
  tags: cn(ROOMY, "w-36"),
  queue: cn(WIDE, "w-28"),
  source: cn(WIDE, "w-28"),
  language: cn(WIDE, "w-20"),
  submitted: cn(WIDE, "w-24"),
  created: cn(WIDE, "w-24"),
  updated: cn(WIDE, "w-25"),
};

const Names = ({ names }: { names: readonly string[] }) => {
  const t = useTranslations("staff.list");
  const [first, ...others] = names;
  if (!first) return <span className="text-muted">—</span>;
  return (
    <>
      <span className="line-clamp-2 break-words" title={names.join("\n")}>
        {first}
      </span>
      {others.length > 0 && (
        <span className="text-xs text-muted">{t("moreCreditors", { more: others.length })}</span>
      )}
    </>
  );
};

const Moment = ({ iso }: { iso: string | null }) => {
  const locale = useLocale();
  if (!iso) return <span className="text-muted">—</span>;
  const text = formatDateTime(iso, locale);
  const local = new Date(new Date(iso).getTime() + 5 * 3_600_000).toISOString();
  return (
    <time dateTime={iso} title={text} className="whitespace-nowrap text-muted">
      {`${local.slice(8, 10)}.${local.slice(5, 7)}.${local.slice(0, 4)}`}
      <span className="block text-xs">{text.slice(-5)}</span>
    </time>
  );
};

const Status = ({ row }: { row: StaffCaseRow }) => (
  <>
    <Badge tone={statusTone(row.status)} className="text-xs">
      {row.status_label}
    </Badge>
    {row.headline !== row.status_label && (
      <span className="mt-0.5 block truncate text-xs text-muted" title={row.headline}>
        {row.headline}
      </span>
    )}
  </>
);

/** What stands in one column of one row. */
export const Cell = ({ row, name }: { row: StaffCaseRow; name: ColumnName }) => {
  const t = useTranslations("staff.list");
  const languages = useTranslations("caseList.language");
  switch (name) {
    case "creditors":
      return <Names names={row.creditors} />;
    case "amount":
      return (
        <span className="block text-right whitespace-nowrap text-ink tabular-nums">
          {row.total_tiyn === null ? "—" : formatMoney(row.total_tiyn)}
        </span>
      );
    case "status":
      return <Status row={row} />;
    case "urgency":
      return <UrgencyMark urgency={row.urgency} labelClassName="@max-5xl:sr-only" />;
    case "term":
      return isOpenStatus(row.status) ? (
        <TermCell next={row.next_deadline} missed={row.missed_deadline} />
      ) : (
        <span className="text-muted">—</span>
      );
    case "assignee":
      return row.assignee ? (
        <span className="line-clamp-2">{row.assignee.full_name}</span>
      ) : (
        <span className="text-warning">{t("nobody")}</span>
      );
    case "tracks":
      return <Names names={row.tracks.map((track) => `${track.kind_label}: ${track.state_label}`)} />;
    case "tags":
      return <TagMarks tags={row.tags} />;
    case "queue":
      return <span className="line-clamp-2">{row.queue ?? "—"}</span>;
    case "source":
      return <span className="line-clamp-2">{row.source_label}</span>;
    case "language":
      return <span>{languages(row.language)}</span>;
    case "submitted":
      return <Moment iso={row.submitted_at} />;
    case "created":
      return <Moment iso={row.created_at} />;
    case "updated":
      return <Moment iso={row.updated_at} />;
  }
};
