"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { Button } from "@/components/ui/button";

import type { Selection } from "../../list-mutations";
import { BULK_ACTIONS, BulkDialog, type BulkName } from "./bulk-dialog";
import { DocumentsDialog } from "./documents-dialog";
import { ExportDialog } from "./export-dialog";

interface BulkBarProps {
  selection: Selection;
  /** How many are chosen: ticked ones, or all that are found. */
  count: number;
  /** How many the filters find; null while it is not known. */
  found: number | null;
  canExport: boolean;
  today: string;
  sort: string;
  columns: readonly string[];
  onAllFound: () => void;
  onClear: () => void;
}

/** What can be done to the chosen cases together. It stands at the foot of the list, where the hand already is. */
export const BulkBar = (props: BulkBarProps) => {
  const { selection, count, found, canExport, today, sort, columns, onAllFound, onClear } = props;
  const t = useTranslations("caseList.bulk");
  const [open, setOpen] = useState<BulkName | "export" | "documents" | null>(null);
  return (
    <div
      role="region"
      aria-label={t("name")}
      className="sticky bottom-0 z-20 flex flex-wrap items-center gap-2 border-t border-line bg-surface px-4 py-2 shadow-overlay"
    >
      <p className="font-medium" aria-live="polite">
        {t("chosen", { count })}
      </p>
      {!selection.found && found !== null && found > count && (
        <Button variant="quiet" size="dense" onClick={onAllFound}>
          {t("allFound", { count: found })}
        </Button>
      )}
      <Button variant="quiet" size="dense" onClick={onClear}>
        {t("clear")}
      </Button>
      <div className="ml-auto flex flex-wrap gap-2">
        {BULK_ACTIONS.map((name) => (
          <Button key={name} variant="secondary" size="dense" onClick={() => setOpen(name)}>
            {t(`action.${name}`)}
          </Button>
        ))}
        {canExport && (
          <>
            <Button variant="secondary" size="dense" onClick={() => setOpen("documents")}>
              {t("action.documents")}
            </Button>
            <Button variant="secondary" size="dense" onClick={() => setOpen("export")}>
              {t("action.export")}
            </Button>
          </>
        )}
      </div>
      {open === "export" && (
        <ExportDialog selection={selection} sort={sort} columns={columns} onClose={() => setOpen(null)} />
      )}
      {open === "documents" && <DocumentsDialog selection={selection} onClose={() => setOpen(null)} />}
      {open && open !== "export" && open !== "documents" && (
        <BulkDialog
          key={open}
          action={open}
          selection={selection}
          today={today}
          onStarted={onClear}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
};
