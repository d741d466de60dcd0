"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { formatDate, formatDateTime, formatMoney } from "@/lib/format";

import type { Debt, ScheduleKind, ScheduleSummary } from "../types";
import { ScheduleDialog } from "./schedule-dialog";
import { ScheduleRows } from "./schedule-rows";

const KINDS: readonly ScheduleKind[] = ["agreed", "offered", "contract"];

const Summary = ({ schedule }: { schedule: ScheduleSummary }) => {
  const t = useTranslations("caseDebts.schedule");
  const locale = useLocale();
  return (
    <p className="text-sm text-muted">
      {t("summary", { count: schedule.payments, total: formatMoney(schedule.total_tiyn) })}
      {" · "}
      {schedule.source_label}
      {schedule.next_due &&
        ` · ${t("next", { date: formatDate(schedule.next_due, locale), sum: formatMoney(schedule.next_tiyn ?? 0) })}`}
      {schedule.missed > 0 && ` · ${t("missed", { count: schedule.missed })}`}
    </p>
  );
};

interface SchedulesBlockProps {
  caseId: string;
  debt: Debt;
  version: number;
  asksSource: boolean;
}

/** Schedules that hold, each with its payments; what was replaced is listed below. */
export const SchedulesBlock = ({ caseId, debt, version, asksSource }: SchedulesBlockProps) => {
  const t = useTranslations("caseDebts.schedule");
  const locale = useLocale();
  const [giving, setGiving] = useState<ScheduleKind | null>(null);
  const live = KINDS.flatMap(
    (kind) => debt.schedules.find((item) => item.kind === kind && item.superseded_at === null) ?? [],
  );
  const former = debt.schedules.filter((item) => item.superseded_at !== null);
  return (
    <div className="flex flex-col gap-4">
      {live.length === 0 && <p className="text-sm text-muted">{t("none")}</p>}
      {live.map((schedule) => (
        <section
          key={schedule.id}
          role="group"
          className="flex flex-col gap-2"
          aria-label={schedule.kind_label}
        >
          <h4 className="font-medium text-ink">{schedule.kind_label}</h4>
          <Summary schedule={schedule} />
          <ScheduleRows caseId={caseId} debt={debt} kind={schedule.kind} />
        </section>
      ))}
      <div className="flex flex-wrap gap-2">
        {KINDS.filter((kind) => debt.allowed_actions.includes(`schedule_${kind}`)).map((kind) => (
          <Button key={kind} variant="secondary" size="dense" onClick={() => setGiving(kind)}>
            {t(`give.${kind}`)}
          </Button>
        ))}
      </div>
      {former.length > 0 && (
        <details className="text-sm">
          <summary className="inline-flex min-h-11 cursor-pointer items-center text-primary underline underline-offset-4">
            {t("former", { count: former.length })}
          </summary>
          <ul className="flex flex-col gap-1 text-muted">
            {former.map((item) => (
              <li key={item.id}>
                {item.kind_label}:{" "}
                {t("summary", { count: item.payments, total: formatMoney(item.total_tiyn) })},{" "}
                {item.source_label}, {formatDateTime(item.given_at, locale)}
              </li>
            ))}
          </ul>
        </details>
      )}
      {giving && (
        <ScheduleDialog
          caseId={caseId}
          debt={debt}
          version={version}
          kind={giving}
          asksSource={asksSource}
          onClose={() => setGiving(null)}
        />
      )}
    </div>
  );
};
