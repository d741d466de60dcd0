"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { ListFrame } from "@/components/desk/list-frame";
import { Tabs } from "@/components/desk/tabs";
import { Button } from "@/components/ui/button";

import { type LetterFilters, lettersQuery, roomCountsQuery } from "../queries";
import { TABS } from "../types";
import { BulkAnswer } from "./bulk-answer";
import { LetterRow } from "./letter-row";

interface LetterPilesProps {
  tab: string;
  onTab: (tab: string) => void;
  filters: Omit<LetterFilters, "tab">;
  isNarrowed: boolean;
  onClear: () => void;
}

/** Letters pile by pile, and a way to answer many at once. Words are looked for in all piles. */
export const LetterPiles = ({ tab, onTab, filters, isNarrowed, onClear }: LetterPilesProps) => {
  const t = useTranslations("room.list");
  const tabs = useTranslations("room.tabs");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isAnswering, setAnswering] = useState(false);
  const query = useInfiniteQuery(
    lettersQuery({ ...filters, tab: tab === "all" || filters.words ? "" : tab }),
  );
  const { data: counts } = useQuery(roomCountsQuery);
  const letters = query.data?.pages.flatMap((page) => page.items) ?? [];
  const choosable = letters.filter((letter) => letter.answerable).map((letter) => letter.id);
  const picked = chosen.filter((id) => choosable.includes(id));
  const total = counts ? TABS.reduce((sum, name) => sum + counts[name], 0) : 0;

  return (
    <>
      <Tabs
        label={t("piles")}
        value={tab}
        onValue={(value) => {
          setChosen([]);
          onTab(value);
        }}
        tabs={[
          ...TABS.map((name) => ({
            value: name,
            label: counts ? `${tabs(name)} (${counts[name]})` : tabs(name),
          })),
          { value: "all", label: counts ? `${tabs("all")} (${total})` : tabs("all") },
        ]}
      />
      {choosable.length > 0 && (
        <div className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2">
          <label className="flex min-h-11 items-center gap-2 font-medium">
            <input
              type="checkbox"
              className="size-5 accent-primary"
              checked={picked.length === choosable.length}
              onChange={(event) => setChosen(event.target.checked ? choosable : [])}
            />
            {t("chooseAll")}
          </label>
          <p aria-live="polite" className="text-muted">
            {t("chosen", { count: picked.length })}
          </p>
          <Button size="dense" disabled={picked.length === 0} onClick={() => setAnswering(true)}>
            {t("answerChosen")}
          </Button>
        </div>
      )}
      <ListFrame
        query={query}
        count={letters.length}
        isNarrowed={isNarrowed}
        onClear={onClear}
        empty={{ title: t("emptyTitle"), text: t("emptyText") }}
      >
        <ul
          aria-label={t("title")}
          className="flex flex-col gap-2 md:gap-0 md:divide-y md:divide-line md:overflow-hidden md:rounded-card md:border md:border-line md:bg-surface"
        >
          {letters.map((letter) => (
            <LetterRow
              key={letter.id}
              letter={letter}
              isChosen={picked.includes(letter.id)}
              onChoose={(isChosen) =>
                setChosen(isChosen ? [...picked, letter.id] : picked.filter((id) => id !== letter.id))
              }
            />
          ))}
        </ul>
      </ListFrame>
      {isAnswering && (
        <BulkAnswer
          letterIds={picked}
          onClose={() => {
            setAnswering(false);
            setChosen([]);
          }}
        />
      )}
    </>
  );
};
