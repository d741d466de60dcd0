"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";

import { inputStyles } from "@/components/ui/text-input";
import { cn } from "@/lib/cn";

import { useQuiet } from "../../hooks/use-quiet";
import { creditorNameQuery, creditorOptionsQuery } from "../../queries";
import { Chip } from "./chip";
import { ManyChoices } from "./chip-choices";

interface CreditorChipProps {
  chosen: readonly string[];
  onChosen: (ids: string[]) => void;
}

const CreditorChoices = ({ chosen, onChosen, names }: CreditorChipProps & { names: Map<string, string> }) => {
  const t = useTranslations("staff.filters");
  const id = useId();
  const [words, setWords] = useState("");
  const { data, isError } = useQuery(creditorOptionsQuery(useQuiet(words.trim())));
  const found = (data?.items ?? []).filter((item) => !chosen.includes(item.id));
  const choices = [
    ...chosen.map((value) => ({ value, label: names.get(value) ?? "…" })),
    ...found.map((item) => ({ value: item.id, label: item.name })),
  ];
  return (
    <div className="flex flex-col gap-2">
      <label htmlFor={id} className="text-sm text-muted">
        {t("creditorSearch")}
      </label>
      <input
        id={id}
        autoFocus
        autoComplete="off"
        maxLength={200}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        className={cn(inputStyles, "min-h-11 text-base sm:text-sm")}
      />
      <ManyChoices choices={choices} values={chosen} onValues={onChosen} />
      {isError && <p className="text-sm text-warning">{t("creditorFailed")}</p>}
      {data && choices.length === 0 && <p className="text-sm text-muted">{t("creditorNothing")}</p>}
    </div>
  );
};

export const CreditorChip = ({ chosen, onChosen }: CreditorChipProps) => {
  const t = useTranslations("staff.filters");
  const named = useQueries({ queries: chosen.map(creditorNameQuery) });
  const names = new Map(
    named.flatMap((query): [string, string][] => (query.data ? [[query.data.id, query.data.name]] : [])),
  );
  const first = chosen[0] === undefined ? "" : (names.get(chosen[0]) ?? "…");
  const text = chosen.length > 1 ? t("andMore", { first, more: chosen.length - 1 }) : first;
  return (
    <Chip name={t("creditor")} chosen={chosen.length > 0 ? text : null} onClear={() => onChosen([])}>
      {() => <CreditorChoices chosen={chosen} onChosen={onChosen} names={names} />}
    </Chip>
  );
};
