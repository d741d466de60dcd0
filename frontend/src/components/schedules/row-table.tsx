"use client";

import type { ReactNode } from "react";

import { cn } from "@/lib/cn";

import { useWindowRows } from "./window-rows";

export interface Column<R> {
  key: string;
  head: string;
  cell: (row: R) => ReactNode;
  /** Sums stand at the right so that they can be compared. */
  isSum?: boolean;
  /** Left out on a phone. */
  isExtra?: boolean;
}

interface RowTableProps<R> {
  label: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  keyOf: (row: R) => string;
  height?: number;
  rowHeight?: number;
}

const cellStyle = <R,>({ isSum, isExtra }: Column<R>) =>
  cn(
    "px-2 py-1.5 whitespace-nowrap",
    isSum ? "text-right tabular-nums" : "text-left",
    isExtra && "max-sm:hidden",
  );

/** A table of many payments: its head stays, only the rows in sight are drawn, the keyboard scrolls it. */
export const RowTable = <R,>({
  label,
  columns,
  rows,
  keyOf,
  height = 420,
  rowHeight = 37,
}: RowTableProps<R>) => {
  const { first, last, before, after, onScroll } = useWindowRows(rows.length, rowHeight, height);
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      onScroll={onScroll}
      style={{ maxHeight: height }}
      className="overflow-auto rounded-field border border-line bg-surface text-sm"
    >
      <table aria-rowcount={rows.length + 1} className="w-full border-collapse">
        <thead className="sticky top-0 z-10 bg-canvas">
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={cn(cellStyle(column), "font-medium text-muted")}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && (
            <tr aria-hidden style={{ height: before }}>
              <td colSpan={columns.length} />
            </tr>
          )}
          {rows.slice(first, last).map((row, index) => (
            <tr
              key={keyOf(row)}
              aria-rowindex={first + index + 2}
              style={{ height: rowHeight }}
              className="border-t border-line"
            >
              {columns.map((column) => (
                <td key={column.key} className={cellStyle(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
          {after > 0 && (
            <tr aria-hidden style={{ height: after }}>
              <td colSpan={columns.length} />
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
};
