"use client";

import { Plus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";
import { parseTypedDate } from "@/lib/dates";
import { formatDate } from "@/lib/format";

import { EVENT_KINDS, isEventKind } from "../../codes";
import { type DebtDraft, type EventDraft, eventShape, MAX_EVENTS } from "../../draft";
import { eventSchema } from "../../schemas";
import { ChoiceField, DateField, LongTextField } from "../fields";
import { BackLink, type FieldsProps, StepForm, StepHeading, type StepProps } from "../step-form";

interface EventsListProps {
  events: readonly EventDraft[];
  submitLabel: string;
  onBack: (() => void) | null;
  onEdit: (index: number) => void;
  onAdd: () => void;
  onRemove: (index: number) => void;
  onContinue: () => void;
}

export const EventsList = ({
  events,
  submitLabel,
  onBack,
  onEdit,
  onAdd,
  onRemove,
  onContinue,
}: EventsListProps) => {
  const t = useTranslations("apply.events");
  const locale = useLocale();
  const nameOf = (event: EventDraft) => (isEventKind(event.kind) ? t(`kinds.${event.kind}`) : t("unnamed"));
  return (
    <div className="flex flex-col gap-6">
      <BackLink onBack={onBack} />
      <StepHeading title={t("title")} lead={<p>{t("lead")}</p>} why={t("why")} />
      {events.length > 0 && (
        <ul className="flex flex-col gap-3">
          {events.map((event, index) => (
            <li
              key={event.key}
              className="flex flex-col gap-1 rounded-card border border-line bg-surface p-4"
            >
              <p className="font-semibold text-ink">{nameOf(event)}</p>
              <p className="text-sm text-muted">
                {formatDate(parseTypedDate(event.date) ?? event.date, locale)}
              </p>
              {event.text && <p className="whitespace-pre-line">{event.text}</p>}
              <div className="-mx-3 -mb-2 flex flex-wrap">
                <Button variant="quiet" onClick={() => onEdit(index)} className="px-3">
                  {t("edit")}
                  <span className="sr-only"> {nameOf(event)}</span>
                </Button>
                <Button variant="quiet" onClick={() => onRemove(index)} className="px-3 text-danger">
                  {t("remove")}
                  <span className="sr-only"> {nameOf(event)}</span>
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {events.length < MAX_EVENTS && (
        <Button variant="secondary" onClick={onAdd} className="self-start">
          <Plus aria-hidden className="size-5" />
          {events.length === 0 ? t("add") : t("addMore")}
        </Button>
      )}
      <Button size="large" onClick={onContinue} className="sm:self-start">
        {events.length === 0 ? t("nothing") : submitLabel}
      </Button>
    </div>
  );
};

interface EventStepProps extends StepProps {
  values: EventDraft;
  debts: readonly DebtDraft[];
  today: string;
  onChange: (values: EventDraft) => void;
  onSubmit: (values: EventDraft) => void;
}

export const EventFields = ({ control, debts }: FieldsProps & { debts: readonly DebtDraft[] }) => {
  const t = useTranslations("apply.events");
  return (
    <>
      <ChoiceField
        control={control}
        name="kind"
        label={t("kind")}
        choices={EVENT_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
      />
      <DateField control={control} name="date" label={t("date")} />
      {debts.length > 1 && (
        <ChoiceField
          control={control}
          name="debt_key"
          label={t("debt")}
          choices={[
            { value: "", label: t("allDebts") },
            ...debts.map((debt) => ({
              value: debt.key,
              label: debt.creditor_name,
              help: debt.contract_number,
            })),
          ]}
        />
      )}
      <LongTextField
        control={control}
        name="text"
        label={t("text")}
        help={t("textHelp")}
        isOptional
        maxLength={2000}
        rows={4}
      />
    </>
  );
};

export const EventStep = ({ debts, today, ...props }: EventStepProps) => {
  const t = useTranslations("apply.events");
  return (
    <StepForm {...props} shape={eventShape} schema={eventSchema(today)} title={t("eventTitle")}>
      {(control) => <EventFields control={control} debts={debts} />}
    </StepForm>
  );
};
