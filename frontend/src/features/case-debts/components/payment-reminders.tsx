"use client";

import { Bell, BellOff } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { ProblemAlert } from "@/components/problem-alert";
import { Button } from "@/components/ui/button";
import { formatDate } from "@/lib/format";

import { useSetReminders } from "../mutations";
import type { Debt, Schedule } from "../types";

interface PaymentRemindersProps {
  caseId: string;
  debt: Debt;
  schedule: Schedule;
}

/** When the borrower is reminded of the next payment, and the switch for it. */
export const PaymentReminders = ({ caseId, debt, schedule }: PaymentRemindersProps) => {
  const t = useTranslations("caseDebts.own");
  const locale = useLocale();
  const set = useSetReminders(caseId, debt.id);
  const isOn = debt.reminds_of_payments;
  const Icon = isOn ? Bell : BellOff;
  const words = !isOn
    ? t("remindersOff")
    : schedule.remind_on
      ? t("remindOn", { date: formatDate(schedule.remind_on, locale) })
      : t("remindersOn");
  return (
    <div className="flex flex-col gap-2">
      <ProblemAlert error={set.error} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="flex items-center gap-2" aria-live="polite">
          <Icon aria-hidden className="size-5 shrink-0 text-muted" />
          {words}
        </p>
        {debt.allowed_actions.includes("set_reminders") && (
          <Button variant="quiet" busy={set.isPending} onClick={() => set.mutate({ on: !isOn })}>
            {t(isOn ? "stopReminders" : "startReminders")}
          </Button>
        )}
      </div>
    </div>
  );
};
