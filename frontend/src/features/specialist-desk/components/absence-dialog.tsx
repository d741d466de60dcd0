"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { errorAt, isPlaced } from "@/lib/field-errors";
import { Checkbox } from "@/components/ui/choices";
import { DateInput } from "@/components/ui/masked-inputs";
import { useToast } from "@/components/ui/toast";
import { parseTypedDate } from "@/lib/dates";

import { endOfDay, startOfDay } from "../almaty-time";
import { useDeskPost } from "../queries";
import { MomentFields, momentOf } from "./moment-fields";

const NOTHING = { day: "", time: "" };

/** Whole days away, or a part of one. */
export const AbsenceDialog = ({ kind, onClose }: { kind: string; onClose: () => void }) => {
  const t = useTranslations("hostTimes.absence");
  const id = useId();
  const toast = useToast();
  const [isPart, setPart] = useState(false);
  const [from, setFrom] = useState(NOTHING);
  const [until, setUntil] = useState(NOTHING);
  const [isTried, setTried] = useState(false);
  const add = useDeskPost<object>(`/desk/pages/${kind}/absences/`, () => {
    toast.show("success", t("added"));
    onClose();
  });
  const [first, last] = [parseTypedDate(from.day), parseTypedDate(until.day || from.day)];
  const starts_at = isPart ? momentOf(from) : first && startOfDay(first);
  const ends_at = isPart ? momentOf({ ...until, day: until.day || from.day }) : last && endOfDay(last);
  const wrong = (is: string | null) => (isTried && !is ? t("wrong") : undefined);
  const starts = {
    id: `${id}-from`,
    label: t("from"),
    error: wrong(starts_at) ?? errorAt(add.error, "starts_at"),
  };
  const ends = {
    id: `${id}-until`,
    label: t("until"),
    error: wrong(ends_at) ?? errorAt(add.error, "ends_at"),
  };
  return (
    <FormDialog
      title={t("title")}
      lead={t("lead")}
      submitLabel={t("add")}
      busy={add.isPending}
      error={add.error}
      isAtFields={isPlaced(add.error, ["starts_at", "ends_at"])}
      onSubmit={() => {
        setTried(true);
        if (starts_at && ends_at) add.mutate({ starts_at, ends_at });
      }}
      onClose={onClose}
    >
      {isPart ? (
        <>
          <MomentFields {...starts} value={from} onValue={setFrom} />
          <MomentFields {...ends} value={until} onValue={setUntil} />
        </>
      ) : (
        <>
          <DateInput {...starts} value={from.day} onValueChange={(day) => setFrom({ ...from, day })} />
          <DateInput
            {...ends}
            help={t("untilHelp")}
            value={until.day}
            onValueChange={(day) => setUntil({ ...until, day })}
          />
        </>
      )}
      <Checkbox
        id={`${id}-part`}
        label={t("part")}
        checked={isPart}
        onChange={(event) => setPart(event.target.checked)}
      />
    </FormDialog>
  );
};
