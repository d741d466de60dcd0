"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/text-input";
import { formatMoney } from "@/lib/format";

import { LANGUAGES, STAGES } from "../../codes";
import type { CaseFilters } from "../../filters";
import { choicesQuery } from "../../list-queries";
import { Chip } from "./chip";
import { type ChipChoice, ManyChoices } from "./chip-choices";
import { CreatedChip } from "./date-chips";

interface ChipProps {
  filters: CaseFilters;
  onFilters: (filters: CaseFilters) => void;
}

interface ManyChipProps {
  name: string;
  choices: readonly ChipChoice[];
  values: readonly string[];
  onValues: (values: string[]) => void;
}

const ManyChip = ({ name, choices, values, onValues }: ManyChipProps) => {
  const t = useTranslations("staff.filters");
  const [first, ...more] = choices.filter((choice) => values.includes(choice.value));
  const label = first && typeof first.label === "string" ? first.label : "…";
  return (
    <Chip
      name={name}
      chosen={
        values.length === 0
          ? null
          : more.length > 0
            ? t("andMore", { first: label, more: more.length })
            : label
      }
      onClear={() => onValues([])}
    >
      {() => <ManyChoices choices={choices} values={values} onValues={onValues} />}
    </Chip>
  );
};

const toTiyn = (text: string): string | null => {
  const digits = text.replace(/[\s ]/g, "");
  if (digits === "") return "";
  return /^\d{1,13}$/.test(digits) ? `${digits}00` : null;
};
const toTenge = (tiyn: string): string => (tiyn ? String(Math.round(Number(tiyn) / 100)) : "");

const AmountForm = ({ filters, onFilters, onDone }: ChipProps & { onDone: () => void }) => {
  const t = useTranslations("caseList.filter");
  const [from, setFrom] = useState(toTenge(filters.amountFrom));
  const [to, setTo] = useState(toTenge(filters.amountTo));
  const [isTried, setTried] = useState(false);
  const [amountFrom, amountTo] = [toTiyn(from), toTiyn(to)];
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (amountFrom === null || amountTo === null) return;
        onFilters({ ...filters, amountFrom, amountTo });
        onDone();
      }}
    >
      <TextInput
        id="amount-from"
        label={t("amountFrom")}
        inputMode="numeric"
        value={from}
        error={isTried && amountFrom === null ? t("amountWrong") : undefined}
        onChange={(event) => setFrom(event.target.value)}
      />
      <TextInput
        id="amount-to"
        label={t("amountTo")}
        inputMode="numeric"
        value={to}
        error={isTried && amountTo === null ? t("amountWrong") : undefined}
        onChange={(event) => setTo(event.target.value)}
      />
      <Button type="submit" size="dense">
        {t("apply")}
      </Button>
    </form>
  );
};

const AmountChip = ({ filters, onFilters }: ChipProps) => {
  const t = useTranslations("caseList.filter");
  const [from, to] = [filters.amountFrom, filters.amountTo];
  const money = (tiyn: string) => formatMoney(Number(tiyn));
  const words =
    from && to
      ? `${money(from)} – ${money(to)}`
      : from
        ? t("from", { sum: money(from) })
        : t("till", { sum: money(to) });
  return (
    <Chip
      name={t("amount")}
      chosen={from || to ? words : null}
      onClear={() => onFilters({ ...filters, amountFrom: "", amountTo: "" })}
    >
      {(close) => <AmountForm filters={filters} onFilters={onFilters} onDone={close} />}
    </Chip>
  );
};

/** Filters beyond the first ones: each is off until it is chosen. */
export const MoreChips = ({ filters, onFilters }: ChipProps) => {
  const t = useTranslations("caseList.filter");
  const stages = useTranslations("caseList.stage");
  const languages = useTranslations("caseList.language");
  const { data } = useQuery(choicesQuery);
  const set = (change: Partial<CaseFilters>) => onFilters({ ...filters, ...change });
  return (
    <>
      <ManyChip
        name={t("term")}
        choices={STAGES.map((value) => ({ value, label: stages(value) }))}
        values={filters.term}
        onValues={(term) => set({ term })}
      />
      <ManyChip
        name={t("trackKind")}
        choices={data?.track_kinds ?? []}
        values={filters.trackKind}
        onValues={(trackKind) => set({ trackKind })}
      />
      <ManyChip
        name={t("trackState")}
        choices={data?.track_states ?? []}
        values={filters.trackState}
        onValues={(trackState) => set({ trackState })}
      />
      <CreatedChip filters={filters} onFilters={onFilters} />
      <AmountChip filters={filters} onFilters={onFilters} />
      {data && data.tags.length > 0 && (
        <ManyChip name={t("tag")} choices={data.tags} values={filters.tag} onValues={(tag) => set({ tag })} />
      )}
      {data && data.queues.length > 0 && (
        <ManyChip
          name={t("queue")}
          choices={data.queues}
          values={filters.queue}
          onValues={(queue) => set({ queue })}
        />
      )}
      <ManyChip
        name={t("source")}
        choices={data?.sources ?? []}
        values={filters.source}
        onValues={(source) => set({ source })}
      />
      <ManyChip
        name={t("language")}
        choices={LANGUAGES.map((value) => ({ value, label: languages(value) }))}
        values={filters.language}
        onValues={(language) => set({ language })}
      />
      <Chip
        name={t("unread")}
        chosen={filters.unread ? t("unreadOnly") : null}
        onClear={() => set({ unread: false })}
      >
        {(close) => (
          <Button
            variant="secondary"
            size="dense"
            onClick={() => {
              set({ unread: true });
              close();
            }}
          >
            {t("unreadOnly")}
          </Button>
        )}
      </Chip>
    </>
  );
};
