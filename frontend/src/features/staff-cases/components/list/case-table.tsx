"use client";

import { useTranslations } from "next-intl";
import { Fragment } from "react";

import { FoundIn } from "@/components/case-search/found-in";
import { foundIn } from "@/components/case-search/types";
import { cn } from "@/lib/cn";

import type { ColumnName } from "../../codes";
import type { StaffCaseRow } from "../../types";
import { CaseTableRow } from "./case-table-row";
import { COLUMN_WIDTHS } from "./columns";

const head = "px-2.5 py-2 text-left text-xs font-medium whitespace-nowrap text-muted";

interface CaseTableProps {
  rows: readonly StaffCaseRow[];
  columns: readonly ColumnName[];
  peek: string | null;
  chosen: ReadonlySet<string>;
  onToggle: (caseId: string) => void;
  onToggleAll: () => void;
}

/** Dense rows for a wide screen; the head stays in sight. */
export const CaseTable = ({ rows, columns, peek, chosen, onToggle, onToggleAll }: CaseTableProps) => {
  const t = useTranslations("caseList");
  const isAll = rows.length > 0 && rows.every((row) => chosen.has(row.id));
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 text-sm [&_td]:border-b [&_td]:border-line">
      <caption className="sr-only">{t("caption")}</caption>
      <thead className="sticky top-0 z-10 bg-surface [&_th]:border-b [&_th]:border-line">
        <tr>
          <th scope="col" className="w-10 pl-4">
            <input
              type="checkbox"
              aria-label={t("select.all")}
              checked={isAll}
              onChange={onToggleAll}
              className="size-4 accent-primary"
            />
          </th>
          <th scope="col" className={cn(head, "w-44")}>
            {t("column.case")}
          </th>
          {columns.map((name) => (
            <th
              key={name}
              scope="col"
              className={cn(head, COLUMN_WIDTHS[name], name === "amount" && "text-right")}
            >
              <span
                className={cn("block truncate", name === "urgency" && "@max-5xl:sr-only")}
                title={t(`column.${name}`)}
              >
                {t(`column.${name}`)}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Fragment key={row.id}>
            <CaseTableRow
              row={row}
              columns={columns}
              isPeeked={row.id === peek}
              isChosen={chosen.has(row.id)}
              hasQuotes={foundIn(row).length > 0}
              onToggle={onToggle}
            />
            {foundIn(row).length > 0 && (
              <tr>
                <td />
                <td colSpan={columns.length + 1} className="pr-4 pb-2">
                  <FoundIn found={foundIn(row)} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
};
