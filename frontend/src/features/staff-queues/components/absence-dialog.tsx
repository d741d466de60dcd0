"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { FormDialog } from "@/components/desk/form-dialog";
import { DateInput } from "@/components/ui/masked-inputs";
import { Select, TextInput } from "@/components/ui/text-input";
import { api } from "@/lib/api-client";
import { parseTypedDate } from "@/lib/dates";

import { errorAt, isPlaced } from "@/lib/field-errors";
import { type AbsenceInput, loadQuery, useTeamChange } from "../queries";

interface AbsenceDialogProps {
  userId: string;
  mayForOthers: boolean;
  onClose: () => void;
}

const FIELDS = ["user_id", "first_day", "last_day", "substitute_id", "note"];

export const AbsenceDialog = ({ userId, mayForOthers, onClose }: AbsenceDialogProps) => {
  const t = useTranslations("staffQueues");
  const { data } = useQuery(loadQuery);
  const managers = data?.items.map(({ person }) => person) ?? [];
  const isManager = managers.some(({ id }) => id === userId);
  const [person, setPerson] = useState(userId);
  const [first, setFirst] = useState("");
  const [last, setLast] = useState("");
  const [substitute, setSubstitute] = useState("");
  const [note, setNote] = useState("");
  const who = mayForOthers && !isManager && person === userId ? (managers[0]?.id ?? userId) : person;
  const add = useTeamChange(() => {
    const body: AbsenceInput = {
      user_id: who,
      first_day: parseTypedDate(first) ?? first,
      last_day: parseTypedDate(last) ?? last,
      substitute_id: substitute || null,
      note,
    };
    return api.post<unknown>("/staff/absences/", body);
  }, onClose);
  return (
    <FormDialog
      title={t("addAbsence")}
      lead={t("absenceLead")}
      submitLabel={t("save")}
      busy={add.isPending}
      error={add.error}
      isAtFields={isPlaced(add.error, FIELDS)}
      onSubmit={() => add.mutate()}
      onClose={onClose}
    >
      {mayForOthers && (
        <Select
          id="absence-person"
          label={t("person")}
          value={who}
          error={errorAt(add.error, "user_id")}
          onChange={(event) => setPerson(event.target.value)}
        >
          {managers.map(({ id, full_name }) => (
            <option key={id} value={id}>
              {full_name}
            </option>
          ))}
        </Select>
      )}
      <DateInput
        id="absence-first"
        label={t("firstDay")}
        value={first}
        error={errorAt(add.error, "first_day")}
        onValueChange={setFirst}
      />
      <DateInput
        id="absence-last"
        label={t("lastDay")}
        value={last}
        error={errorAt(add.error, "last_day")}
        onValueChange={setLast}
      />
      <Select
        id="absence-substitute"
        label={t("substituteField")}
        value={substitute}
        error={errorAt(add.error, "substitute_id")}
        onChange={(event) => setSubstitute(event.target.value)}
      >
        <option value="">{t("nobodyStandsIn")}</option>
        {managers
          .filter(({ id }) => id !== who)
          .map(({ id, full_name }) => (
            <option key={id} value={id}>
              {full_name}
            </option>
          ))}
      </Select>
      <TextInput
        id="absence-note"
        label={t("note")}
        maxLength={200}
        value={note}
        error={errorAt(add.error, "note")}
        onChange={(event) => setNote(event.target.value)}
      />
    </FormDialog>
  );
};
