"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Loaded } from "@/components/loaded";
import { type Column, RowTable } from "@/components/schedules/row-table";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { formatDate, formatMoney } from "@/lib/format";

import { scheduleQuery } from "../queries";
import type { Debt, ScheduleKind, ScheduleRow } from "../types";
import { PaymentDialog } from "./payment-dialog";

const TONES: Record<ScheduleRow["state"], BadgeTone> = {
  ahead: "neutral",
  assumed: "neutral",
  due_today: "info",
  late: "warning",
  missed: "danger",
  paid: "info",
  part: "warning",
  confirmed: "success",
};

interface ScheduleRowsProps {
  caseId: string;
  debt: Debt;
  kind: ScheduleKind;
}

/** Every payment of a schedule with its marks, and the button to mark or confirm. */
export const ScheduleRows = ({ caseId, debt, kind }: ScheduleRowsProps) => {
  const t = useTranslations("caseDebts.payments");
  const columnsText = useTranslations("schedules.columns");
  const locale = useLocale();
  const query = useQuery(scheduleQuery(caseId, debt.id, kind));
  const [open, setOpen] = useState<{ row: ScheduleRow; act: "paid" | "confirm" } | null>(null);
  const may = (action: string) => kind !== "offered" && debt.allowed_actions.includes(action);
  const money = (
    key: "principal" | "interest" | "total" | "balance",
    isExtra = false,
  ): Column<ScheduleRow> => ({
    key,
    head: columnsText(key),
    cell: (row) => formatMoney(row[`${key}_tiyn`]),
    isSum: true,
    isExtra,
  });
  const buttons = (row: ScheduleRow) => (
    <span className={cn("flex gap-1", row.state === "assumed" && "hidden")}>
      {may("mark_paid") && row.paid_on === null && row.confirmed_on === null && (
        <Button variant="quiet" size="dense" onClick={() => setOpen({ row, act: "paid" })}>
          {t("paid.button")}
        </Button>
      )}
      {may("confirm_paid") && row.confirmed_on === null && (
        <Button variant="quiet" size="dense" onClick={() => setOpen({ row, act: "confirm" })}>
          {t("confirm.button")}
        </Button>
      )}
    </span>
  );
  const columns: Column<ScheduleRow>[] = [
    { key: "due", head: columnsText("due"), cell: (row) => formatDate(row.due, locale) },
    money("total"),
    money("principal", true),
    money("interest", true),
    money("balance", true),
    {
      key: "state",
      head: t("state"),
      cell: (row) => <Badge tone={TONES[row.state]}>{t(`states.${row.state}`)}</Badge>,
    },
    ...(may("mark_paid") || may("confirm_paid")
      ? [{ key: "act", head: t("actions"), cell: buttons } satisfies Column<ScheduleRow>]
      : []),
  ];
  return (
    <>
      <Loaded query={query} shapes={["h-40"]}>
        {(schedule) => (
          <RowTable
            label={t("table", { kind: schedule.kind_label })}
            columns={columns}
            rows={schedule.rows}
            keyOf={(row) => row.id}
            rowHeight={49}
          />
        )}
      </Loaded>
      {open && <PaymentDialog caseId={caseId} debtId={debt.id} {...open} onClose={() => setOpen(null)} />}
    </>
  );
};
