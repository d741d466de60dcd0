"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";

import { useToast } from "@/components/ui/toast";
import { codeIn } from "@/lib/story-codes";

import { OPEN_STATUSES, STAGES, STATUSES } from "../../codes";
import { type CaseFilters, toApiQuery } from "../../filters";
import { COLUMN_ATTRIBUTE } from "../../hooks/use-list-keys";
import { totalsQuery } from "../../list-queries";
import type { StaffCaseRow } from "../../types";
import { BoardColumn } from "./board-column";

/** The step that leads a case into a column; where the case cannot take it, the column does not take the case. */
const STEPS_TO: Record<string, readonly string[]> = {
  triage: ["take", "resume"],
  awaiting_borrower: ["request_documents"],
  active: ["activate", "resume", "reopen"],
  suspended: ["suspend"],
  closed: ["close"],
  declined: ["decline"],
  cancelled: ["cancel"],
};

/** What the board keeps free at its side. */
const EDGE = 12;

interface BoardProps {
  by: "status" | "term";
  filters: CaseFilters;
  text: string;
  peek: string | null;
  onStep: (caseId: string, step: string) => void;
}

/**
 * Brings the first column with cards into sight, once the figures are there: on a phone one column fills the screen, and an
 * empty one would look like an empty board. Whoever has scrolled since is left where he is.
 */
const useFirstFullColumn = (name: string | undefined) => {
  const board = useRef<HTMLDivElement>(null);
  const isPlaced = useRef(false);
  useEffect(() => {
    if (!name || isPlaced.current || !board.current) return;
    isPlaced.current = true;
    const column = board.current.querySelector<HTMLElement>(`[${COLUMN_ATTRIBUTE}="${name}"]`);
    if (!column || board.current.scrollLeft > 0) return;
    const isInSight = column.offsetLeft + column.offsetWidth <= board.current.clientWidth;
    if (!isInSight) board.current.scrollLeft = column.offsetLeft - EDGE;
  }, [name]);
  return board;
};

/** Cases in columns by status or by the stage of the next term. A card goes to another status by a drag or by its key «m». */
export const Board = ({ by, filters, text, peek, onStep }: BoardProps) => {
  const t = useTranslations("caseList.board");
  const staff = useTranslations("staff.status");
  const stages = useTranslations("caseList.stage");
  const toast = useToast();
  const { data: totals } = useQuery(totalsQuery(filters, text));
  const shown = filters.status.length > 0 ? filters.status : OPEN_STATUSES;
  const columns = by === "status" ? STATUSES.filter((status) => shown.includes(status)) : STAGES;
  const query = toApiQuery(filters);
  const figures = by === "status" ? totals?.by_status : totals?.by_term;
  const board = useFirstFullColumn(columns.find((column) => (figures?.[column]?.count ?? 0) > 0));
  const drop = (row: StaffCaseRow, status: string) => {
    const step = (STEPS_TO[status] ?? []).find((name) => row.allowed_actions.includes(name));
    if (step) onStep(row.id, step);
    else if (row.status !== status) {
      const code = codeIn(STATUSES, status);
      toast.show("danger", t("cannot", { number: row.number ?? "", status: code ? staff(code) : "" }));
    }
  };
  // Positioned: words for screen readers alone would otherwise widen the page beyond the scroll of the board.
  return (
    <div ref={board} className="relative flex flex-1 items-stretch gap-3 overflow-x-auto p-3">
      {columns.map((column) => {
        const code = codeIn(STATUSES, column);
        const stage = codeIn(STAGES, column);
        const part = figures?.[column];
        return (
          <BoardColumn
            key={column}
            name={column}
            title={by === "status" ? (code ? staff(code) : column) : stage ? stages(stage) : column}
            query={by === "status" ? { ...query, status: [column] } : { ...query, status: shown, column }}
            text={text}
            count={totals ? (part?.count ?? 0) : null}
            totalTiyn={part?.total_tiyn ?? null}
            peek={peek}
            onDrop={by === "status" ? (row) => drop(row, column) : undefined}
          />
        );
      })}
    </div>
  );
};
