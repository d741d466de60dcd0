"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { errorAt, isPlaced } from "@/lib/field-errors";
import { Checkbox } from "@/components/ui/choices";
import { DateInput } from "@/components/ui/masked-inputs";
import { TextInput } from "@/components/ui/text-input";
import { parseTypedDate, todayInAlmaty, toTypedDate } from "@/lib/dates";

import { useRegister } from "../mutations";
import type { RoomLetterDetail } from "../types";

/** Taking a letter into the books under an own number. */
export const RegisterDialog = ({ letter, onClose }: { letter: RoomLetterDetail; onClose: () => void }) => {
  const t = useTranslations("room.register");
  const id = useId();
  const [number, setNumber] = useState("");
  const [day, setDay] = useState(() => toTypedDate(todayInAlmaty(new Date(letter.since))));
  const [review, setReview] = useState(true);
  const register = useRegister(letter.id, onClose);
  return (
    <FormDialog
      title={t("title")}
      lead={t("lead")}
      submitLabel={t("submit")}
      busy={register.isPending}
      error={register.error}
      isAtFields={isPlaced(register.error, ["number", "received_on"])}
      onSubmit={() =>
        register.mutate({ number, received_on: parseTypedDate(day) ?? day, start_review: review })
      }
      onClose={onClose}
    >
      <TextInput
        id={`${id}-number`}
        label={t("number")}
        maxLength={60}
        width="medium"
        autoComplete="off"
        error={errorAt(register.error, "number")}
        value={number}
        onChange={(event) => setNumber(event.target.value)}
      />
      <DateInput
        id={`${id}-day`}
        label={t("day")}
        help={t("dayHelp")}
        error={errorAt(register.error, "received_on")}
        value={day}
        onValueChange={setDay}
      />
      <Checkbox
        id={`${id}-review`}
        label={t("review")}
        checked={review}
        onChange={(event) => setReview(event.target.checked)}
      />
    </FormDialog>
  );
};
