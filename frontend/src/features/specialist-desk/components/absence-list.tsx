"use client";

import { CalendarX2, Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { Panel } from "@/components/desk/panel";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { formatDate } from "@/lib/format";
import { useProblemText } from "@/lib/use-problem-text";

import { almaty, lastDay } from "../almaty-time";
import { type Absence, type OwnHost, useDeskDelete } from "../queries";
import { AbsenceDialog } from "./absence-dialog";

const useWords = () => {
  const t = useTranslations("hostTimes.absence");
  const locale = useLocale();
  return ({ starts_at, ends_at }: Absence): string => {
    const [from, until] = [almaty(starts_at), almaty(ends_at)];
    if (from.time === "00:00" && until.time === "00:00") {
      const last = lastDay(ends_at);
      if (last === from.day) return formatDate(last, locale);
      return t("days", { first: formatDate(from.day, locale), last: formatDate(last, locale) });
    }
    if (from.day === until.day) return `${formatDate(from.day, locale)}, ${from.time}–${until.time}`;
    return t("days", {
      first: `${formatDate(from.day, locale)}, ${from.time}`,
      last: `${formatDate(until.day, locale)}, ${until.time}`,
    });
  };
};

const AbsenceRow = ({ kind, absence }: { kind: string; absence: Absence }) => {
  const t = useTranslations("hostTimes.absence");
  const toast = useToast();
  const describe = useProblemText();
  const words = useWords()(absence);
  const remove = useDeskDelete(() => toast.show("success", t("removed")));
  return (
    <li className="flex items-center justify-between gap-3 py-2">
      <div>
        <p className="font-medium text-ink">{words}</p>
        {absence.booked > 0 && <p className="text-warning">{t("booked", { count: absence.booked })}</p>}
      </div>
      <Button
        variant="quiet"
        size="dense"
        className="max-sm:min-h-11 max-sm:min-w-11"
        busy={remove.isPending}
        aria-label={t("remove", { when: words })}
        onClick={() =>
          remove.mutate(`/desk/pages/${kind}/absences/${absence.id}/`, {
            onError: (error) => toast.show("danger", describe(error)),
          })
        }
      >
        <Trash2 aria-hidden className="size-4" />
      </Button>
    </li>
  );
};

/** Times in which nobody can book, whatever the weekly hours say. */
export const AbsenceList = ({ host }: { host: OwnHost }) => {
  const t = useTranslations("hostTimes.absence");
  const [isAdding, setAdding] = useState(false);
  return (
    <Panel
      title={t("panel")}
      action={
        <Button variant="secondary" size="dense" className="max-sm:min-h-11" onClick={() => setAdding(true)}>
          <CalendarX2 aria-hidden className="size-4" />
          {t("new")}
        </Button>
      }
    >
      {host.absences.length === 0 ? (
        <p className="text-muted">{t("none")}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {host.absences.map((absence) => (
            <AbsenceRow key={absence.id} kind={host.kind} absence={absence} />
          ))}
        </ul>
      )}
      {isAdding && <AbsenceDialog kind={host.kind} onClose={() => setAdding(false)} />}
    </Panel>
  );
};
