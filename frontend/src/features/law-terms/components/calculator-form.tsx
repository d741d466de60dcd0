"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";

import type { LawEvent } from "@/api/types";
import { Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/masked-inputs";
import { Select } from "@/components/ui/text-input";
import { parseTypedDate, toTypedDate } from "@/lib/dates";
import { useRouter } from "@/lib/i18n/navigation";

interface CalculatorFormProps {
  events: readonly LawEvent[];
  event: string;
  date: string;
}

/** A plain GET form: without scripts the server answers it, with them the answer comes without a new page. */
export const CalculatorForm = ({ events, event: initialEvent, date: initialDate }: CalculatorFormProps) => {
  const t = useTranslations("terms");
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [event, setEvent] = useState(initialEvent);
  const [date, setDate] = useState(initialDate ? toTypedDate(initialDate) : "");
  const [error, setError] = useState<string>();
  const question = events.find((item) => item.kind === event)?.question ?? t("date");

  const submit = (submitEvent: FormEvent<HTMLFormElement>) => {
    submitEvent.preventDefault();
    const iso = parseTypedDate(date);
    if (!iso) {
      setError(date.trim() === "" ? t("dateMissing") : t("dateWrong"));
      document.getElementById("terms-date")?.focus();
      return;
    }
    setError(undefined);
    const query = new URLSearchParams({ event, date: iso });
    startTransition(() => router.push(`/?${query}#terms-result`, { scroll: false }));
  };

  return (
    <form method="get" onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Select
        id="terms-event"
        name="event"
        label={t("event")}
        value={event}
        onChange={(change) => setEvent(change.target.value)}
      >
        {events.map((item) => (
          <option key={item.kind} value={item.kind}>
            {item.label}
          </option>
        ))}
      </Select>
      <DateInput
        id="terms-date"
        name="date"
        label={question}
        help={t("dateHelp")}
        placeholder={t("datePlaceholder")}
        error={error}
        value={date}
        onValueChange={(value) => {
          setDate(value);
          setError(undefined);
        }}
      />
      <Button type="submit" size="large" busy={isPending} className="sm:self-start">
        {t("show")}
      </Button>
    </form>
  );
};
