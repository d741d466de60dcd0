"use client";

import { Plus, Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { errorAt } from "@/lib/field-errors";
import { Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/masked-inputs";
import { Select, TextArea } from "@/components/ui/text-input";
import { parseTypedDate, toTypedDate } from "@/lib/dates";
import { formatDate } from "@/lib/format";

import { type DayValue, daysOf } from "../content-values";
import type { Revision } from "../queries";
import type { DayKind, LawChange } from "../types";

const KINDS = ["day_off", "workday", "plain"] as const;
const asKind = (value: string): DayKind => KINDS.find((kind) => kind === value) ?? "plain";

interface DaysFormProps {
  change: LawChange;
  mutation: { isPending: boolean; error: unknown };
  onSave: (revision: Revision) => void;
  onClose: () => void;
}

/** Days of a calendar proposal: another kind, fewer or more of them, and the day of the switch. */
export const DaysForm = ({ change, mutation, onSave, onClose }: DaysFormProps) => {
  const t = useTranslations("staffLaw");
  const errors = useTranslations("desk.errors");
  const locale = useLocale();
  const id = useId();
  const [days, setDays] = useState<readonly DayValue[]>(() => daysOf(change));
  const [added, setAdded] = useState("");
  const [switchOn, setSwitchOn] = useState(toTypedDate(change.switch_on));
  const [reason, setReason] = useState(change.reason);
  const [isTried, setTried] = useState(false);
  const newDay = parseTypedDate(added);
  const switchDay = parseTypedDate(switchOn);
  const add = () => {
    if (!newDay || days.some(({ day }) => day === newDay)) return;
    setDays([...days, { day: newDay, kind: "day_off" as const }].sort((a, b) => a.day.localeCompare(b.day)));
    setAdded("");
  };
  const sent = days.map(({ day, kind, reason: why, note }) => ({
    day,
    kind,
    ...(why && kind !== "plain" ? { reason: why } : {}),
    ...(note ? { note } : {}),
  }));
  return (
    <FormDialog
      title={t("edit.title")}
      lead={t("edit.lead")}
      submitLabel={t("edit.save")}
      busy={mutation.isPending}
      error={mutation.error}
      onSubmit={() => {
        setTried(true);
        if (days.length === 0 || !switchDay || reason.trim() === "") return;
        onSave({ content: { days: sent }, reason, switch_on: switchDay });
      }}
      onClose={onClose}
    >
      <ul aria-label={t("edit.days")} className="flex flex-col divide-y divide-line">
        {days.map(({ day, kind }, place) => (
          <li key={day} className="flex flex-wrap items-end gap-2 py-2">
            <Select
              id={`${id}-${day}`}
              label={formatDate(day, locale)}
              className="min-w-40 flex-1"
              error={errorAt(mutation.error, `content/days/${place}/day`)}
              value={kind}
              onChange={(event) =>
                setDays(
                  days.map((one) => (one.day === day ? { ...one, kind: asKind(event.target.value) } : one)),
                )
              }
            >
              {KINDS.map((value) => (
                <option key={value} value={value}>
                  {t(`dayKind.${value}`)}
                </option>
              ))}
            </Select>
            <Button
              variant="quiet"
              aria-label={t("edit.removeDay", { date: formatDate(day, locale) })}
              onClick={() => setDays(days.filter((one) => one.day !== day))}
            >
              <Trash2 aria-hidden className="size-4" />
            </Button>
          </li>
        ))}
      </ul>
      {isTried && days.length === 0 && <p className="text-danger">{t("edit.noDays")}</p>}
      <div className="flex flex-wrap items-end gap-2">
        <DateInput id={`${id}-new`} label={t("edit.newDay")} value={added} onValueChange={setAdded} />
        <Button variant="secondary" disabled={!newDay} onClick={add}>
          <Plus aria-hidden className="size-4" />
          {t("edit.addDay")}
        </Button>
      </div>
      <DateInput
        id={`${id}-switch`}
        label={t("field.switchOn")}
        error={isTried && !switchDay ? errors("missing") : errorAt(mutation.error, "switch_on")}
        value={switchOn}
        onValueChange={setSwitchOn}
      />
      <TextArea
        id={`${id}-reason`}
        label={t("field.reason")}
        rows={2}
        maxLength={1000}
        className="[&_textarea]:min-h-20"
        error={isTried && reason.trim() === "" ? errors("missing") : errorAt(mutation.error, "reason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
};
