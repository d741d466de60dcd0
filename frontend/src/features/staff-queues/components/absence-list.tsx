"use client";

import { useQuery } from "@tanstack/react-query";
import { CalendarPlus, UserRoundX } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { ListFrame } from "@/components/desk/list-frame";
import { Panel } from "@/components/desk/panel";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { api } from "@/lib/api-client";
import { formatDate } from "@/lib/format";

import { type Absence, absencesQuery, queuesQuery, useTeamChange } from "../queries";
import { AbsenceCalendar } from "./absence-calendar";
import { AbsenceDialog } from "./absence-dialog";
import { PassOnDialog } from "./pass-on-dialog";

const AbsenceLine = ({ absence, mayPassOn }: { absence: Absence; mayPassOn: boolean }) => {
  const t = useTranslations("staffQueues");
  const locale = useLocale();
  const [isPassing, setPassing] = useState(false);
  const cancel = useTeamChange(
    () => api.delete<unknown>(`/staff/absences/${absence.id}/`),
    () => undefined,
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {absence.person.full_name}
          {absence.running && <Badge tone="warning">{t("awayNow")}</Badge>}
        </p>
        <p className="text-muted">
          {t("days", {
            first: formatDate(absence.first_day, locale, "from"),
            last: formatDate(absence.last_day, locale, "until"),
          })}
          {absence.substitute && `, ${t("substitute", { name: absence.substitute.full_name })}`}
          {absence.note && `, ${absence.note}`}
        </p>
      </div>
      {mayPassOn && absence.running && (
        <Button variant="secondary" size="dense" onClick={() => setPassing(true)}>
          {t("passOn")}
        </Button>
      )}
      {absence.may_change && (
        <Button
          variant="quiet"
          size="dense"
          busy={cancel.isPending}
          aria-label={t("cancelOf", { name: absence.person.full_name })}
          onClick={() => cancel.mutate()}
        >
          <UserRoundX aria-hidden className="size-4" />
          {t("cancelAbsence")}
        </Button>
      )}
      {isPassing && <PassOnDialog absence={absence} onClose={() => setPassing(false)} />}
    </li>
  );
};

/** The calendar of the team: who is away when, who stands in, and passing the cases on. */
export const AbsenceList = ({ userId, today }: { userId: string; today: string }) => {
  const t = useTranslations("staffQueues");
  const query = useQuery(absencesQuery);
  const { data: queues } = useQuery(queuesQuery);
  const [isAdding, setAdding] = useState(false);
  const items = query.data?.items ?? [];
  return (
    <Panel
      title={t("absences")}
      action={
        <Button size="dense" onClick={() => setAdding(true)}>
          <CalendarPlus aria-hidden className="size-4" />
          {t("addAbsence")}
        </Button>
      }
    >
      <ListFrame query={query} count={items.length} empty={{ title: t("noAbsences") }}>
        <AbsenceCalendar items={items} today={today} />
        <ul className="flex flex-col divide-y divide-line">
          {items.map((absence) => (
            <AbsenceLine key={absence.id} absence={absence} mayPassOn={queues?.may_edit ?? false} />
          ))}
        </ul>
      </ListFrame>
      {isAdding && (
        <AbsenceDialog
          userId={userId}
          mayForOthers={queues?.may_edit ?? false}
          onClose={() => setAdding(false)}
        />
      )}
    </Panel>
  );
};
