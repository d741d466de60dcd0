"use client";

import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef } from "react";

import { Button } from "@/components/ui/button";
import { Fieldset } from "@/components/ui/field";

import { cellName, emptyRow, type TypedRow } from "../typed";
import type { DraftField } from "../types";
import { AnswerField } from "./answer-field";

const MAX_ROWS = 60;

interface RowsFieldProps {
  field: DraftField;
  id: string;
  label: ReactNode;
  help?: ReactNode;
  error?: string;
  rows: readonly TypedRow[];
  /** What is wrong with a cell, by `row/column`. */
  cellError: (cell: string) => string | undefined;
  onRows: (rows: TypedRow[]) => void;
}

/** A table filled in row by row: each row is a card, so that it fits a phone. */
export const RowsField = ({ field, id, label, help, error, rows, cellError, onRows }: RowsFieldProps) => {
  const t = useTranslations("documentInterview.rows");
  const common = useTranslations("common");
  const list = useRef<HTMLOListElement>(null);
  const set = (at: number, column: string, typed: string) =>
    onRows(rows.map((row, index) => (index === at ? { ...row, [column]: typed } : row)));
  const add = () => {
    onRows([...rows, emptyRow(field.columns)]);
    // The new row is there after the next drawing.
    requestAnimationFrame(() =>
      list.current?.lastElementChild?.querySelector<HTMLElement>("input, textarea")?.focus(),
    );
  };
  return (
    <Fieldset
      id={id}
      label={label}
      help={help}
      error={error}
      optional={field.required ? undefined : common("optional")}
    >
      {rows.length === 0 && <p className="text-muted">{t("none")}</p>}
      <ol ref={list} className="flex flex-col gap-3">
        {rows.map((row, at) => (
          <li key={at} className="flex flex-col gap-4 rounded-card border border-line bg-surface p-4">
            <div className="flex items-center justify-between gap-2">
              <p className="font-semibold">{t("row", { number: at + 1 })}</p>
              <Button
                variant="quiet"
                aria-label={t("removeOf", { number: at + 1 })}
                onClick={() => onRows(rows.filter((_row, index) => index !== at))}
              >
                <Trash2 aria-hidden className="size-5" />
                {t("remove")}
              </Button>
            </div>
            {field.columns.map((column) => (
              <AnswerField
                key={column.code}
                field={column}
                id={`${id}-${at}-${column.code}`}
                label={column.ask}
                help={column.why || undefined}
                error={cellError(cellName(at, column.code))}
                typed={row[column.code] ?? ""}
                onTyped={(typed) => set(at, column.code, typed)}
              />
            ))}
          </li>
        ))}
      </ol>
      {rows.length < MAX_ROWS && (
        <Button variant="secondary" className="self-start" onClick={add}>
          <Plus aria-hidden className="size-5" />
          {t("add")}
        </Button>
      )}
    </Fieldset>
  );
};
