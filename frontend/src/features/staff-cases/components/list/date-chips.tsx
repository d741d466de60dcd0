"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/masked-inputs";
import { parseTypedDate, toTypedDate } from "@/lib/dates";

import type { CaseFilters } from "../../filters";
import { Chip } from "./chip";

interface ChipProps {
  filters: CaseFilters;
  onFilters: (filters: CaseFilters) => void;
}

const typed = (iso: string) => (iso ? toTypedDate(iso) : "");

const useTypedDay = (iso: string) => {
  const t = useTranslations("staff.filters");
  const [text, setText] = useState(typed(iso));
  const [isWrong, setWrong] = useState(false);
  const read = (): string | null => {
    const day = text.trim() === "" ? "" : parseTypedDate(text);
    setWrong(day === null);
    return day;
  };
  return { text, setText, read, error: isWrong ? t("dateWrong") : undefined };
};

interface Period {
  from: string;
  to: string;
}

interface PeriodFormProps {
  period: Period;
  labels: readonly [string, string];
  onPeriod: (period: Period) => void;
}

const PeriodForm = ({ period, labels, onPeriod }: PeriodFormProps) => {
  const t = useTranslations("staff.filters");
  const id = useId();
  const after = useTypedDay(period.from);
  const before = useTypedDay(period.to);
  const apply = () => {
    const [from, to] = [after.read(), before.read()];
    if (from !== null && to !== null) onPeriod({ from, to });
  };
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <DateInput
        id={`${id}-after`}
        label={labels[0]}
        placeholder={t("datePlaceholder")}
        value={after.text}
        onValueChange={after.setText}
        error={after.error}
      />
      <DateInput
        id={`${id}-before`}
        label={labels[1]}
        placeholder={t("datePlaceholder")}
        value={before.text}
        onValueChange={before.setText}
        error={before.error}
      />
      <Button type="submit" size="dense">
        {t("apply")}
      </Button>
    </form>
  );
};

const PeriodChip = ({ name, ...form }: PeriodFormProps & { name: string }) => {
  const t = useTranslations("staff.filters");
  const [from, to] = [typed(form.period.from), typed(form.period.to)];
  const words = from && to ? `${from} – ${to}` : from ? t("since", { date: from }) : t("till", { date: to });
  return (
    <Chip name={name} chosen={from || to ? words : null} onClear={() => form.onPeriod({ from: "", to: "" })}>
      {(close) => (
        <PeriodForm
          {...form}
          onPeriod={(period) => {
            form.onPeriod(period);
            close();
          }}
        />
      )}
    </Chip>
  );
};

/** Days on which the cases were begun. */
export const CreatedChip = ({ filters, onFilters }: ChipProps) => {
  const t = useTranslations("staff.filters");
  return (
    <PeriodChip
      name={t("created")}
      labels={[t("createdAfter"), t("createdBefore")]}
      period={{ from: filters.createdAfter, to: filters.createdBefore }}
      onPeriod={({ from, to }) => onFilters({ ...filters, createdAfter: from, createdBefore: to })}
    />
  );
};

/** Days on which the cases were handed in. */
export const SubmittedChip = ({ filters, onFilters }: ChipProps) => {
  const t = useTranslations("caseList.filter");
  return (
    <PeriodChip
      name={t("submitted")}
      labels={[t("submittedAfter"), t("submittedBefore")]}
      period={{ from: filters.submittedAfter, to: filters.submittedBefore }}
      onPeriod={({ from, to }) => onFilters({ ...filters, submittedAfter: from, submittedBefore: to })}
    />
  );
};

const DeadlineForm = ({ filters, onFilters, onDone }: ChipProps & { onDone: () => void }) => {
  const t = useTranslations("staff.filters");
  const id = useId();
  const day = useTypedDay(filters.deadlineBefore);
  const set = (change: Partial<CaseFilters>) => {
    onFilters({ ...filters, pressing: false, deadlineBefore: "", ...change });
    onDone();
  };
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const value = day.read();
        if (value !== null) set({ deadlineBefore: value });
      }}
    >
      <Button variant="secondary" size="dense" onClick={() => set({ pressing: true })}>
        {t("pressing")}
      </Button>
      <DateInput
        id={id}
        label={t("deadlineBefore")}
        placeholder={t("datePlaceholder")}
        value={day.text}
        onValueChange={day.setText}
        error={day.error}
      />
      <Button type="submit" size="dense">
        {t("apply")}
      </Button>
    </form>
  );
};

export const DeadlineChip = ({ filters, onFilters }: ChipProps) => {
  const t = useTranslations("staff.filters");
  const { deadlineBefore, pressing } = filters;
  const words = pressing ? t("pressing") : t("till", { date: typed(deadlineBefore) });
  return (
    <Chip
      name={t("deadline")}
      chosen={deadlineBefore || pressing ? words : null}
      onClear={() => onFilters({ ...filters, deadlineBefore: "", pressing: false })}
    >
      {(close) => <DeadlineForm filters={filters} onFilters={onFilters} onDone={close} />}
    </Chip>
  );
};
