"use client";

import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";

import {
  type DebtDraft,
  debtShape,
  type Draft,
  emptyDebt,
  emptyEvent,
  eventShape,
  MAX_DEBTS,
  MAX_EVENTS,
} from "../../draft";
import { errorsOfForm } from "../../parts";
import {
  amountsSchema,
  contractSchema,
  creditorSchema,
  eventSchema,
  overdueSchema,
  paymentSchema,
} from "../../schemas";
import type { PlacedError } from "../../submission";
import { CreditorFields } from "../steps/creditor";
import { AmountsFields, ContractFields, OverdueFields, PaymentFields } from "../steps/debt";
import { EventFields } from "../steps/events";
import { PartForm } from "./part-form";

export interface DraftPartProps {
  draft: Draft;
  today: string;
  tries: number;
  serverErrors: readonly PlacedError[];
  /** Takes the newest draft: several parts may change at once. */
  onDraft: (change: (draft: Draft) => Draft) => void;
}

const Item = ({
  title,
  onRemove,
  children,
}: {
  title: string;
  onRemove?: () => void;
  children: ReactNode;
}) => {
  const t = useTranslations("caseIntake.form");
  return (
    <div className="flex flex-col gap-4 rounded-card border border-line bg-surface p-4 sm:p-5">
      <div className="flex items-center justify-between gap-3">
        <h3 className="font-semibold text-ink">{title}</h3>
        {onRemove && (
          <Button variant="quiet" size="dense" className="text-danger" onClick={onRemove}>
            <Trash2 aria-hidden className="size-4" />
            {t("remove")}
            <span className="sr-only"> {title}</span>
          </Button>
        )}
      </div>
      {children}
    </div>
  );
};

/** A pair of columns where there is room. */
export const Columns = ({ children }: { children: ReactNode }) => (
  <div className="grid items-start gap-4 md:grid-cols-2">{children}</div>
);

const debtSchemas = (today: string) => [
  creditorSchema,
  contractSchema(today),
  amountsSchema,
  paymentSchema,
  overdueSchema(today),
];

export const DebtParts = ({ draft, today, tries, serverErrors, onDraft }: DraftPartProps) => {
  const t = useTranslations("caseIntake.form");
  const debts = draft.debts;
  const put = (key: string, debt: DebtDraft) =>
    onDraft((latest) => ({
      ...latest,
      debts: latest.debts.map((item) => (item.key === key ? debt : item)),
    }));
  return (
    <>
      {debts.map((debt, index) => (
        <Item
          key={debt.key}
          title={t("debt", { number: index + 1 })}
          onRemove={
            debts.length > 1
              ? () =>
                  onDraft((latest) => ({
                    ...latest,
                    debts: latest.debts.filter(({ key }) => key !== debt.key),
                  }))
              : undefined
          }
        >
          <PartForm
            id={`debt-${index}`}
            values={debt}
            shape={debtShape}
            schemas={debtSchemas(today)}
            tries={tries}
            serverErrors={errorsOfForm(serverErrors, `debt-${index}`)}
            onChange={(values) => put(debt.key, values)}
          >
            {(control, values) => (
              <>
                <CreditorFields control={control} debt={values} />
                <Columns>
                  <ContractFields control={control} />
                  <AmountsFields control={control} />
                  <PaymentFields control={control} />
                </Columns>
                <OverdueFields control={control} debt={values} />
              </>
            )}
          </PartForm>
        </Item>
      ))}
      {debts.length < MAX_DEBTS && (
        <Button
          variant="secondary"
          className="self-start"
          onClick={() => onDraft((latest) => ({ ...latest, debts: [...latest.debts, emptyDebt()] }))}
        >
          <Plus aria-hidden className="size-5" />
          {t("addDebt")}
        </Button>
      )}
    </>
  );
};

export const EventParts = ({ draft, today, tries, serverErrors, onDraft }: DraftPartProps) => {
  const t = useTranslations("caseIntake.form");
  const events = draft.events;
  return (
    <>
      {events.map((event, index) => (
        <Item
          key={event.key}
          title={t("event", { number: index + 1 })}
          onRemove={() =>
            onDraft((latest) => ({
              ...latest,
              events: latest.events.filter(({ key }) => key !== event.key),
            }))
          }
        >
          <PartForm
            id={`event-${index}`}
            values={event}
            shape={eventShape}
            schemas={[eventSchema(today)]}
            tries={tries}
            serverErrors={errorsOfForm(serverErrors, `event-${index}`)}
            onChange={(values) =>
              onDraft((latest) => ({
                ...latest,
                events: latest.events.map((item) => (item.key === event.key ? values : item)),
              }))
            }
          >
            {(control) => <EventFields control={control} debts={draft.debts} />}
          </PartForm>
        </Item>
      ))}
      {events.length < MAX_EVENTS && (
        <Button
          variant="secondary"
          className="self-start"
          onClick={() => onDraft((latest) => ({ ...latest, events: [...latest.events, emptyEvent()] }))}
        >
          <Plus aria-hidden className="size-5" />
          {t("addEvent")}
        </Button>
      )}
    </>
  );
};
