"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { formatDate, formatMoney } from "@/lib/format";

import { scheduleQuery } from "../queries";
import type { Debt, ScheduleRow } from "../types";
import { PaymentDialog } from "./payment-dialog";
import { PaymentReminders } from "./payment-reminders";
import { ScheduleRows } from "./schedule-rows";

const nextOf = (rows: readonly ScheduleRow[]) =>
  rows.find((row) => row.paid_on === null && row.confirmed_on === null && row.total_tiyn > 0);

/** The next payment of the agreed schedule with the button «I have paid», and all payments below. */
export const NextPayment = ({ caseId, debt }: { caseId: string; debt: Debt }) => {
  const t = useTranslations("caseDebts.own");
  const locale = useLocale();
  const { data } = useQuery(scheduleQuery(caseId, debt.id, "agreed"));
  const [marking, setMarking] = useState<ScheduleRow | null>(null);
  if (!data) return null;
  const row = nextOf(data.rows);
  const isLate = row && (row.state === "late" || row.state === "missed");
  return (
    <section className="flex flex-col gap-3">
      <h4 className="font-semibold text-ink">{t("payments")}</h4>
      {row ? (
        <Alert tone={isLate ? "warning" : "info"}>
          <p className="font-semibold">
            {t(isLate ? "latePayment" : "nextPayment", {
              sum: formatMoney(row.total_tiyn),
              date: formatDate(row.due, locale, "until"),
            })}
          </p>
          {isLate && <p>{t("lateHelp")}</p>}
          <p>{t("paidOf", { paid: data.marked + data.confirmed, all: data.payments })}</p>
          {debt.allowed_actions.includes("mark_paid") && (
            <p className="mt-1">
              <Button onClick={() => setMarking(row)}>{t("iPaid")}</Button>
            </p>
          )}
        </Alert>
      ) : (
        <p>{t("allPaid")}</p>
      )}
      {row && <PaymentReminders caseId={caseId} debt={debt} schedule={data} />}
      <details>
        <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium text-primary underline underline-offset-4">
          {t("allPayments")}
        </summary>
        <ScheduleRows caseId={caseId} debt={debt} kind="agreed" />
      </details>
      {marking && (
        <PaymentDialog
          caseId={caseId}
          debtId={debt.id}
          row={marking}
          act="paid"
          onClose={() => setMarking(null)}
        />
      )}
    </section>
  );
};
