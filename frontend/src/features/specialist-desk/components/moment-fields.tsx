"use client";

import { useTranslations } from "next-intl";

import { DateInput } from "@/components/ui/masked-inputs";
import { TextInput } from "@/components/ui/text-input";
import { parseTypedDate } from "@/lib/dates";

export interface TypedMoment {
  day: string;
  time: string;
}

/** The instant of a day and time on the Almaty clock; null when either is not one. */
export const momentOf = ({ day, time }: TypedMoment): string | null => {
  const iso = parseTypedDate(day);
  return iso && /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? `${iso}T${time}:00+05:00` : null;
};

interface MomentFieldsProps {
  id: string;
  label: string;
  value: TypedMoment;
  onValue: (value: TypedMoment) => void;
  error?: string;
}

/** A day and a time in Almaty. */
export const MomentFields = ({ id, label, value, onValue, error }: MomentFieldsProps) => {
  const t = useTranslations("specialistDesk.moment");
  return (
    <div className="grid grid-cols-2 gap-3">
      <DateInput
        id={`${id}-day`}
        label={label}
        error={error}
        value={value.day}
        onValueChange={(day) => onValue({ ...value, day })}
      />
      <TextInput
        id={`${id}-time`}
        type="time"
        label={t("time")}
        value={value.time}
        onChange={(event) => onValue({ ...value, time: event.target.value })}
      />
    </div>
  );
};
